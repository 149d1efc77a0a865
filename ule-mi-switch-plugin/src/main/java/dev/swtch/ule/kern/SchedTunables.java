package dev.swtch.ule.kern;

/** The knobs under {@code kern.sched} and what follows from the clock rates: sched_ule.c, {@code sched_initticks}. */
public final class SchedTunables {
    /** Frequency of the clock that advances {@code ticks}. */
    public static final int HZ = 1000;

    static final int SCHED_TICK_SHIFT = 10;
    static final int SCHED_SLICE_DEFAULT_DIVISOR = 10;
    static final int SCHED_SLICE_MIN_DIVISOR = 6;

    /** Frequency of the statistics clock. */
    int realstathz = 127;

    /** What a thread made before {@code sched_initticks} gets, in stat ticks. */
    int schedSlice = 10;

    int schedSliceMin = 1;
    int tickincr = 8 << SCHED_TICK_SHIFT;
    int hogticks;
    int schedInteract = 30;
    int preemptThresh = Pri.PRI_MIN_KERN;
    int staticBoost = Pri.PRI_MIN_BATCH;
    int idlespins = 10_000;
    int idlespinthresh = -1;
    int affinity = 1;
    boolean rebalance = true;
    int balanceInterval = 128;
    boolean stealIdle = true;
    int stealThresh = 2;
    boolean alwaysSteal;
    int trystealLimit = 2;

    /** The defaults, before the clock rates are known. */
    public SchedTunables() {}

    /** Derives what depends on the clock rates: {@code sched_initticks}, sys/kern/sched_ule.c. */
    void schedInitticks() {
        setSlice(realstathz / SCHED_SLICE_DEFAULT_DIVISOR);
        tickincr = Math.max(1, (HZ << SCHED_TICK_SHIFT) / realstathz);
        balanceInterval = realstathz;
        affinity = Math.max(1, HZ / 1000);
        if (idlespinthresh < 0) {
            idlespinthresh = 2 * Math.max(10_000, 6 * HZ) / realstathz;
        }
    }

    /** Sets the slice as {@code kern.sched.quantum} does, in stat ticks. */
    void setSlice(int statTicks) {
        schedSlice = statTicks;
        schedSliceMin = schedSlice / SCHED_SLICE_MIN_DIVISOR;
        hogticks = Math.max(1, (2 * HZ * schedSlice + realstathz / 2) / realstathz);
    }

    /** The slice in hz ticks: {@code sched_rr_interval}, sys/kern/sched_ule.c. */
    int schedRrInterval() {
        return Math.max(1, (schedSlice * HZ + realstathz / 2) / realstathz);
    }

    /** Sets a knob by the kernel's name. */
    public void set(String name, int value) {
        switch (name) {
            case "interact" -> schedInteract = value;
            case "preempt_thresh" -> preemptThresh = value;
            case "static_boost" -> staticBoost = value;
            case "slice" -> schedSlice = value;
            case "slice_min" -> schedSliceMin = value;
            case "steal_thresh" -> stealThresh = value;
            case "steal_idle" -> stealIdle = value != 0;
            case "always_steal" -> alwaysSteal = value != 0;
            case "trysteal_limit" -> trystealLimit = value;
            case "balance" -> rebalance = value != 0;
            case "balance_interval" -> balanceInterval = value;
            case "affinity" -> affinity = value;
            case "idlespins" -> idlespins = value;
            case "idlespinthresh" -> idlespinthresh = value;
            default -> throw new IllegalArgumentException("no tunable named '" + name + "'");
        }
    }
}
