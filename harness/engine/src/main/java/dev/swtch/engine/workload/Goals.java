package dev.swtch.engine.workload;

import java.util.List;

/**
 * What a workload asks to be measured and what it expects of a run.
 *
 * @param measures labels it is interested in
 * @param expectations checks on the result
 * @param hints settings for one scheduler; no workload depends on them
 */
public record Goals(List<Measure> measures, List<Expectation> expectations, List<Hint> hints) {
    /** Nothing asked, nothing expected. */
    public static final Goals NONE = new Goals(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Goals {
        measures = List.copyOf(measures);
        expectations = List.copyOf(expectations);
        hints = List.copyOf(hints);
    }

    /**
     * A label that matters.
     *
     * @param label name that begin and end steps use
     * @param percentiles percentiles of interest, in thousandths of a percent
     * @param deadlineNs what is too late, ns, or 0
     */
    public record Measure(String label, List<Integer> percentiles, long deadlineNs) {
        /** Copies the list. */
        public Measure {
            percentiles = List.copyOf(percentiles);
        }
    }

    /**
     * A setting for one scheduler.
     *
     * @param scheduler id of the scheduler
     * @param tunable name of the setting
     * @param value its value as written
     */
    public record Hint(String scheduler, String tunable, String value) {}
}
