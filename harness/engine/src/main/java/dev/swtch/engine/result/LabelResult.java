package dev.swtch.engine.result;

/**
 * Times between the begin and the end of a label of the workload.
 *
 * @param label its name
 * @param times the distribution
 */
public record LabelResult(String label, Quantiles times) {}
