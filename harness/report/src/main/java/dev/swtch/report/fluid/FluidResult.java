package dev.swtch.report.fluid;

import java.util.List;

/**
 * What came of sharing the CPUs as a fluid.
 *
 * @param rule by what rule
 * @param workNs work done by all threads, ns at full speed
 * @param elapsedNs when the last thread left, or the duration, ns
 * @param labels the means of the workload's labels
 * @param ends when each thread left that did, in the order of their making
 */
public record FluidResult(FluidRule rule, long workNs, long elapsedNs, List<LabelMean> labels, List<ThreadEnd> ends) {
    /** Copies the lists. */
    public FluidResult {
        labels = List.copyOf(labels);
        ends = List.copyOf(ends);
    }

    /**
     * The mean of a label.
     *
     * @param label its name
     * @param count how often it ended
     * @param meanNs mean time from begin to end, ns; 0 without any
     */
    public record LabelMean(String label, long count, long meanNs) {}

    /**
     * When a thread left.
     *
     * @param path its path
     * @param endNs ns after the start of the run
     */
    public record ThreadEnd(String path, long endNs) {}
}
