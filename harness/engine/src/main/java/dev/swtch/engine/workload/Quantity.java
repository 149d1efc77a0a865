package dev.swtch.engine.workload;

import org.jspecify.annotations.Nullable;

/** A value of a result that can be expected. */
public enum Quantity {
    /** When the thread left, after the start of the run. */
    END("end", Of.THREAD, Unit.TIME),
    /** Work the thread did. */
    WORK("work", Of.THREAD, Unit.TIME),
    /** Time the thread could have run and did not. */
    READY("ready", Of.THREAD, Unit.TIME),
    /** Steps the thread took. */
    STEPS("steps", Of.THREAD, Unit.COUNT),
    /** From the thread's release to its end. */
    TURNAROUND("turnaround", Of.THREAD, Unit.TIME),
    /** Its turnaround less its work. */
    WAIT("wait", Of.THREAD, Unit.TIME),
    /** From the thread's release until it is first on a CPU. */
    FIRST_RUN("first-run", Of.THREAD, Unit.TIME),
    /** Its turnaround divided by its work. */
    STRETCH("stretch", Of.THREAD, Unit.FRACTION),
    /** Its part of the work of all threads. */
    SHARE("share", Of.THREAD, Unit.FRACTION),
    /** Times the thread was switched out. */
    SWITCHES("switches", Of.THREAD, Unit.COUNT),
    /** Times the thread went on on another CPU. */
    MIGRATIONS("migrations", Of.THREAD, Unit.COUNT),

    /** Times between begin and end of a label. */
    COUNT("count", Of.LABEL, Unit.COUNT),
    /** Mean of a label. */
    MEAN("mean", Of.LABEL, Unit.TIME),
    /** Smallest of a label. */
    MIN("min", Of.LABEL, Unit.TIME),
    /** A percentile of a label, written with its number: p99.9. */
    PERCENTILE("p", Of.LABEL, Unit.TIME),
    /** Largest of a label. */
    MAX("max", Of.LABEL, Unit.TIME),
    /** Ends of a label per second. */
    RATE("rate", Of.LABEL, Unit.FRACTION),
    /** The part of a label's times that is longer than one written behind it: above-2ms. */
    ABOVE("above-", Of.LABEL, Unit.FRACTION),
    /** How many are between begin and end of a label, on the average over time. */
    IN_SYSTEM("in-system", Of.LABEL, Unit.FRACTION),
    /** The part of the time in which just so many are, as written behind it: in-system-3. */
    IN_SYSTEM_JUST("in-system-", Of.LABEL, Unit.FRACTION),
    /** Those that took longer than the label's deadline. */
    MISSES("misses", Of.LABEL, Unit.COUNT),
    /** Misses divided by all that ended or is overdue. */
    MISS_SHARE("miss-share", Of.LABEL, Unit.FRACTION),

    /** What arrived, turned away or not. */
    ARRIVED("arrived", Of.ARRIVALS, Unit.COUNT),
    /** What arrived and found no room. */
    TURNED_AWAY("turned-away", Of.ARRIVALS, Unit.COUNT),
    /** The part of what arrived that found no room. */
    LOSS("loss", Of.ARRIVALS, Unit.FRACTION),

    /** Jain's index over the work of a group's threads. */
    FAIRNESS("fairness", Of.GROUP, Unit.FRACTION),
    /** The least work of a thread of the group divided by the most. */
    MIN_MAX("min-max", Of.GROUP, Unit.FRACTION),

    /** How long the run took. */
    ELAPSED("elapsed", Of.RUN, Unit.TIME),
    /** The part of the CPUs' time in which they did work of the workload. */
    UTILISATION("utilisation", Of.RUN, Unit.FRACTION),
    /** Time in which CPUs had nothing to do, all together. */
    IDLE("idle", Of.RUN, Unit.TIME),
    /** Work done by all threads. */
    RUN_WORK("work", Of.RUN, Unit.TIME),
    /** Switches of all CPUs. */
    RUN_SWITCHES("switches", Of.RUN, Unit.COUNT),
    /** Migrations of all threads. */
    RUN_MIGRATIONS("migrations", Of.RUN, Unit.COUNT),
    /** Deadlines missed under all labels. */
    RUN_MISSES("misses", Of.RUN, Unit.COUNT);

    /** How fine a {@link Unit#FRACTION} is. */
    public static final long ONE = 1_000_000;

    private final String word;
    private final Of of;
    private final Unit unit;

    Quantity(String word, Of of, Unit unit) {
        this.word = word;
        this.of = of;
        this.unit = unit;
    }

    /** What has such a value. */
    public enum Of {
        /** A thread. */
        THREAD("thread path"),
        /** A label. */
        LABEL("label"),
        /** Something that arrives. */
        ARRIVALS("kind of arrivals"),
        /** A fairness group. */
        GROUP("fairness group"),
        /** The whole run. */
        RUN("run");

        private final String title;

        Of(String title) {
            this.title = title;
        }

        /** What it is called in messages. */
        public String title() {
            return title;
        }
    }

    /** What a value is counted in. */
    public enum Unit {
        /** Nanoseconds. */
        TIME,
        /** Things. */
        COUNT,
        /** Millionths. */
        FRACTION
    }

    /** How it is written behind the dot. */
    public String word() {
        return word;
    }

    /** What has such a value. */
    public Of of() {
        return of;
    }

    /** What its values are counted in. */
    public Unit unit() {
        return unit;
    }

    /** Whether something is written behind its word that says which of its values is meant. */
    public boolean hasArgument() {
        return this == PERCENTILE || this == ABOVE || this == IN_SYSTEM_JUST;
    }

    /** The quantity of a word, or null. */
    static @Nullable Quantity ofWord(String word, boolean ofRun) {
        for (Quantity quantity : values()) {
            if (quantity.word.equals(word) && quantity.of == Of.RUN == ofRun && !quantity.hasArgument()) {
                return quantity;
            }
        }
        return null;
    }
}
