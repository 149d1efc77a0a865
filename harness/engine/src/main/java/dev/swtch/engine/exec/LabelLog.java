package dev.swtch.engine.exec;

import dev.swtch.engine.result.Population;
import dev.swtch.engine.result.Quantiles;
import java.util.Arrays;

/**
 * What is measured between the begin and the end of a label: the distribution of the times, what was too late, and how
 * many were under way. Recording allocates nothing.
 *
 * <p>Paths of several CPUs overlap, so begins and ends do not come in the order of time; the integral over time is a
 * sum that does not mind. How long just so many were under way is told as if one that comes late had come with the last
 * before it: wrong by no more than paths overlap, and not at all if they take no time.
 */
public final class LabelLog {
    /** Percentiles of no more values than these are exact. */
    private static final int KEPT = 512;

    private final WaitLog times = WaitLog.fine();
    private final long[] first = new long[KEPT];
    private final long fromNs;
    private final long deadlineNs;
    private final long[] thresholdsNs;
    private final long[] aboveThresholds;
    private final long[] justNs;
    private int kept;
    private long minNs = Long.MAX_VALUE;
    private long misses;

    private long open;
    private long openBeginsNs;
    private long areaNs;
    private long changedNs;
    private long latestNs;
    private long endedNs;
    private long givenUpNs;
    private long beforeNs;

    /**
     * An empty log.
     *
     * @param fromNs when measuring starts; what ended before is left out
     * @param deadlineNs what takes longer is too late; negative if nothing is
     */
    LabelLog(long fromNs, long deadlineNs) {
        this(fromNs, deadlineNs, new long[0], 0);
    }

    /**
     * An empty log.
     *
     * @param fromNs when measuring starts; what ended before is left out
     * @param deadlineNs what takes longer is too late; negative if nothing is
     * @param thresholdsNs of which it is counted how many take longer
     * @param numbers of how many under way it is told how long there were just so many: 0, 1 and so on
     */
    LabelLog(long fromNs, long deadlineNs, long[] thresholdsNs, int numbers) {
        this.fromNs = fromNs;
        this.deadlineNs = deadlineNs;
        this.thresholdsNs = thresholdsNs;
        this.aboveThresholds = new long[thresholdsNs.length];
        this.justNs = new long[numbers];
        this.changedNs = fromNs;
        this.latestNs = fromNs;
    }

    /** One begins. */
    void begin(long atNs) {
        change(atNs, 1);
        openBeginsNs += atNs;
        beforeNs += Math.max(0, fromNs - atNs);
    }

    /** One that began at an instant ends; an end before its begin, which overlapping paths can produce, takes no time. */
    void end(long beganNs, long atNs) {
        long endNs = Math.max(beganNs, atNs);
        change(endNs, -1);
        openBeginsNs -= beganNs;
        if (endNs < fromNs) {
            beforeNs -= fromNs - beganNs;
            return;
        }
        long ns = endNs - beganNs;
        endedNs += ns;
        minNs = Math.min(minNs, ns);
        misses += deadlineNs >= 0 && ns > deadlineNs ? 1 : 0;
        for (int i = 0; i < thresholdsNs.length; i++) {
            aboveThresholds[i] += ns > thresholdsNs[i] ? 1 : 0;
        }
        if (kept < KEPT) {
            first[kept++] = ns;
        }
        times.record(ns);
    }

    /** One that began at an instant will never end. */
    void giveUp(long beganNs, long atNs) {
        long endNs = Math.max(beganNs, atNs);
        change(endNs, -1);
        openBeginsNs -= beganNs;
        if (endNs < fromNs) {
            beforeNs -= fromNs - beganNs;
        } else {
            givenUpNs += endNs - beganNs;
        }
    }

    private void change(long atNs, int by) {
        long at = Math.max(fromNs, atNs);
        areaNs += open * (at - changedNs);
        changedNs = at;
        if (open < justNs.length) {
            justNs[(int) open] += Math.max(0, at - latestNs);
        }
        latestNs = Math.max(latestNs, at);
        open += by;
    }

    /** How many took longer than a threshold, by the order in which those were given. */
    public long above(int threshold) {
        return aboveThresholds[threshold];
    }

    /** How long just so many were under way until an instant, of a number that it was made for. */
    public long justNs(int number, long untilNs) {
        return justNs[number] + (open == number ? Math.max(0, untilNs - latestNs) : 0);
    }

    /** Those that ended too late. */
    public long misses() {
        return misses;
    }

    /** Whether one that began at an instant and has not ended at another is too late. */
    boolean isOverdue(long beganNs, long atNs) {
        return deadlineNs >= 0 && atNs - beganNs > deadlineNs;
    }

    /** What is too late, or negative. */
    public long deadlineNs() {
        return deadlineNs;
    }

    /** The smallest time; 0 without any. */
    public long minNs() {
        return minNs == Long.MAX_VALUE ? 0 : minNs;
    }

    /** The distribution of the times. */
    public Quantiles quantiles() {
        return times.quantiles();
    }

    /**
     * The value that a part of all does not exceed, by nearest rank; exact for few values, else to three digits.
     *
     * @param thousandths the part, in thousandths of a percent
     */
    public long percentileNs(int thousandths) {
        long count = times.quantiles().count();
        if (count == 0 || count > KEPT) {
            return times.percentile(thousandths);
        }
        long[] sorted = Arrays.copyOf(first, kept);
        Arrays.sort(sorted);
        int rank = (int) ((count * thousandths + 99_999) / 100_000);
        return sorted[Math.max(1, rank) - 1];
    }

    /** How many were under way until an instant. */
    public Population population(long untilNs) {
        long end = Math.max(fromNs, untilNs);
        long area = areaNs + open * (end - changedNs);
        long openNs = open * end - openBeginsNs;
        return new Population(end - fromNs, area, times.quantiles().count(), endedNs, openNs + givenUpNs, beforeNs);
    }
}
