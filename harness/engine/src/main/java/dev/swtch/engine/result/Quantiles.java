package dev.swtch.engine.result;

/**
 * A distribution of times in ns.
 *
 * @param count number of values
 * @param meanNs mean, rounded down
 * @param p50Ns median
 * @param p99Ns 99th percentile
 * @param maxNs largest value
 */
public record Quantiles(long count, long meanNs, long p50Ns, long p99Ns, long maxNs) {
    /** No values. */
    public static final Quantiles NONE = new Quantiles(0, 0, 0, 0, 0);
}
