package dev.swtch.reference;

import dev.swtch.spi.simple.ReadyReason;

/** The order of {@link WeightedFair}: virtual times, of which the latest one chosen is the one that comers begin at. */
final class VirtualTime implements LeastFirst.Order {
    /** By nice value from -20 to 19, sched_prio_to_weight in Linux: each step is worth about a tenth of the CPU. */
    private static final int[] WEIGHTS = {
        88761, 71755, 56483, 46273, 36291, 29154, 23254, 18705, 14949, 11916, 9548, 7620, 6100, 4904, 3906, 3121, 2501,
        1991, 1586, 1277, 1024, 820, 655, 526, 423, 335, 272, 215, 172, 137, 110, 87, 70, 56, 45, 36, 29, 23, 18, 15
    };

    /** Virtual time is counted in 2^-20 ns per unit of weight, so that short turns lose little to rounding. */
    private static final int UNIT_BITS = 20;

    private final long sliceNs;
    private long latestStart;

    VirtualTime(long sliceNs) {
        this.sliceNs = sliceNs;
    }

    @Override
    public long rank(RankedThread thread, ReadyReason reason) {
        return switch (reason) {
            case RELEASED, WOKEN, CHANGED -> Math.max(thread.rank, latestStart);
            case PREEMPTED, EXPIRED, YIELDED -> thread.rank;
        };
    }

    @Override
    public void chosen(RankedThread thread) {
        if (isShared(thread)) {
            latestStart = Math.max(latestStart, thread.rank);
        }
    }

    @Override
    public void ran(RankedThread thread, long ranNs) {
        if (isShared(thread)) {
            thread.rank += (ranNs << UNIT_BITS) / WEIGHTS[Math.min(thread.nice() + 20, WEIGHTS.length - 1)];
        }
    }

    @Override
    public boolean preempts(RankedThread enqueued, RankedThread running) {
        return enqueued.urgency() < running.urgency();
    }

    @Override
    public long sliceNs(RankedThread thread) {
        return isShared(thread) ? sliceNs : Long.MAX_VALUE;
    }

    private static boolean isShared(RankedThread thread) {
        return switch (thread.threadClass()) {
            case TIMESHARE, IDLE, CPU_IDLE -> true;
            case REALTIME, KERNEL, INTERRUPT -> false;
        };
    }
}
