package dev.swtch.engine.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of the result and the bounds it has to keep.
 *
 * @param subject path of a thread, what several threads were written as, a label, what arrives, a fairness group,
 *     {@link Statistic#THREADS} or {@link Statistic#RUN}
 * @param statistic which of its values
 * @param least smallest value that is right: ns, a count, or millionths
 * @param most largest value that is right
 * @param policies the schedulers it holds for, by id or by name of their column; empty for all
 * @param confidence 0 if every run has to keep the bounds; else thousandths of a percent: the confidence interval of
 *     the mean over all seeds has to meet them
 * @param place where it was written, or null
 */
public record Expectation(
        String subject,
        Statistic statistic,
        long least,
        long most,
        List<String> policies,
        int confidence,
        @Nullable Place place) {

    /** Copies the list. */
    public Expectation {
        policies = List.copyOf(policies);
    }

    /** Whether it holds for a column. */
    public boolean isFor(String scheduler, String column) {
        return policies.isEmpty() || policies.contains(scheduler) || policies.contains(column);
    }

    /** Whether it is expected of a thread: the one it names, or one of those it names together. */
    public boolean isOfThread(String path) {
        return isOfThread(subject, path);
    }

    /**
     * Whether a name stands for a thread: it is its path, or what it and others were written as, at the start or as what
     * is forked; {@link Statistic#THREADS} stands for all.
     */
    public static boolean isOfThread(String name, String path) {
        if (path.equals(name) || name.equals(Statistic.THREADS)) {
            return true;
        }
        if (path.startsWith(name + "/") && path.indexOf('>', name.length()) < 0) {
            return true;
        }
        int forked = path.lastIndexOf('>') + 1;
        return forked > 0 && path.startsWith(name + "/", forked);
    }

    /** The expectation as it would be written. */
    @Override
    public String toString() {
        String name = subject + "." + statistic.word();
        String text;
        if (least == most) {
            text = name + " = " + value(least);
        } else if (most == Long.MAX_VALUE) {
            text = name + " >= " + value(least);
        } else {
            text = least <= 0 ? name + " <= " + value(most) : name + " in " + value(least) + " to " + value(most);
        }
        return confidence == 0 ? text : text + " with confidence " + Statistic.thousandths(confidence) + "%";
    }

    /** A value of this statistic for people. */
    public String value(long value) {
        return statistic.text(value);
    }
}
