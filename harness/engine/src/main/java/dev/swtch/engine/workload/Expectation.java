package dev.swtch.engine.workload;

import org.jspecify.annotations.Nullable;

/**
 * A value of the result and the bounds it has to keep.
 *
 * @param subject path of a thread, what several threads were written as, or a label
 * @param statistic which of its values
 * @param least smallest value that is right: ns, or a count
 * @param most largest value that is right
 * @param scheduler the scheduler it holds for, empty for all
 * @param place where it was written, or null
 */
public record Expectation(
        String subject,
        Statistic statistic,
        long least,
        long most,
        String scheduler,
        @Nullable Place place) {

    /** A value of a result. */
    public enum Statistic {
        /** When the thread left, after the start of the run. */
        END(false),
        /** Work the thread did. */
        WORK(false),
        /** Time the thread could have run and did not. */
        READY(false),
        /** Steps the thread took. */
        STEPS(false),
        /** Times between begin and end of a label. */
        COUNT(true),
        /** Mean of a label. */
        MEAN(true),
        /** Median of a label. */
        P50(true),
        /** 99th percentile of a label. */
        P99(true),
        /** Largest of a label. */
        MAX(true);

        private final boolean ofLabel;

        Statistic(boolean ofLabel) {
            this.ofLabel = ofLabel;
        }

        /** Whether it belongs to a label instead of a thread. */
        public boolean isOfLabel() {
            return ofLabel;
        }

        /** Whether it is a number instead of a time. */
        public boolean isCount() {
            return this == STEPS || this == COUNT;
        }

        /** How it is written. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Whether it is expected of a thread: the one it names, or one of those it names together. */
    public boolean isOfThread(String path) {
        return path.equals(subject) || path.startsWith(subject + "/") && path.indexOf('>', subject.length()) < 0;
    }

    /** The expectation as it would be written. */
    @Override
    public String toString() {
        String name = subject + "." + statistic.word();
        if (least == most) {
            return name + " = " + value(least);
        }
        if (most == Long.MAX_VALUE) {
            return name + " >= " + value(least);
        }
        return least <= 0 ? name + " <= " + value(most) : name + " in " + value(least) + " to " + value(most);
    }

    /** A value of this statistic for people. */
    public String value(long value) {
        return statistic.isCount() ? Long.toString(value) : Times.format(value);
    }
}
