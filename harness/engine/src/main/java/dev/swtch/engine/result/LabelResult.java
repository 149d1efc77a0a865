package dev.swtch.engine.result;

import java.util.List;

/**
 * Times between the begin and the end of a label of the workload.
 *
 * @param label its name
 * @param times the distribution of those that ended
 * @param minNs the smallest of them, ns
 * @param percentiles the percentiles the workload asks for, rising
 * @param above how many took longer than the workload asks for, rising
 * @param crowds how long just so many were under way as the workload asks for, rising
 * @param population how many were between begin and end
 * @param deadlineNs what takes longer is too late, ns; -1 if the workload has no deadline for it
 * @param misses those that ended too late
 * @param overdue those that had not ended with the run and were too late already
 */
public record LabelResult(
        String label,
        Quantiles times,
        long minNs,
        List<Percentile> percentiles,
        List<Tail> above,
        List<Crowd> crowds,
        Population population,
        long deadlineNs,
        long misses,
        long overdue) {
    /** Keeps the lists unmodifiable. */
    public LabelResult {
        percentiles = List.copyOf(percentiles);
        above = List.copyOf(above);
        crowds = List.copyOf(crowds);
    }
}
