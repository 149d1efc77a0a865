package dev.swtch.engine.exec;

import dev.swtch.engine.result.Quantiles;
import org.HdrHistogram.Histogram;

/** A distribution of times in ns; recording allocates nothing. */
public final class WaitLog {
    private static final long HIGHEST_NS = 1L << 42;
    private final Histogram histogram;
    private long sumNs;
    private long maxNs;

    private WaitLog(int digits) {
        histogram = new Histogram(HIGHEST_NS, digits);
    }

    /** An empty log with three significant digits, about 270 KiB. */
    static WaitLog fine() {
        return new WaitLog(3);
    }

    /** An empty log with two significant digits, about 40 KiB: for one of many threads. */
    static WaitLog coarse() {
        return new WaitLog(2);
    }

    /** Records a time; negative ones, which overlapping paths can produce, count as 0. */
    public void record(long ns) {
        long time = Math.max(0, ns);
        histogram.recordValue(time);
        sumNs += time;
        maxNs = Math.max(maxNs, time);
    }

    /** The distribution so far. The largest value and the mean are exact. */
    public Quantiles quantiles() {
        long count = histogram.getTotalCount();
        if (count == 0) {
            return Quantiles.NONE;
        }
        return new Quantiles(count, sumNs / count, percentile(50_000), percentile(99_000), maxNs);
    }

    /** The value that a part of all, in thousandths of a percent, does not exceed; 0 without any. */
    long percentile(int thousandths) {
        return Math.min(maxNs, histogram.getValueAtPercentile(thousandths / 1_000.0));
    }

    /** Forgets everything. */
    void reset() {
        histogram.reset();
        sumNs = 0;
        maxNs = 0;
    }
}
