package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SchedTunables.HZ;
import static dev.swtch.ule.kern.SchedTunables.SCHED_TICK_SHIFT;

import dev.swtch.machine.Cpu;

/** The sliding window of CPU use: sys/kern/sched_ule.c. */
final class Pctcpu {
    static final int SCHED_TICK_SECS = 10;
    static final int SCHED_TICK_TARG = HZ * SCHED_TICK_SECS;
    static final int SCHED_TICK_MAX = SCHED_TICK_TARG + HZ;
    static final int FSHIFT = 11;
    static final int FSCALE = 1 << FSHIFT;

    private final UleKernel k;

    Pctcpu(UleKernel k) {
        this.k = k;
    }

    /** Brings the window up to now: {@code sched_pctcpu_update}, sys/kern/sched_ule.c. */
    void schedPctcpuUpdate(UleThread td, boolean run) {
        int t = k.ticks;
        if (Integer.compareUnsigned(t - td.ltick, SCHED_TICK_TARG) >= 0) {
            td.ticks = 0;
            td.ftick = t - SCHED_TICK_TARG;
        } else if (t - td.ftick >= SCHED_TICK_MAX) {
            td.ticks = td.ticks / (td.ltick - td.ftick) * (td.ltick - (t - SCHED_TICK_TARG));
            td.ftick = t - SCHED_TICK_TARG;
        }
        if (run) {
            td.ticks += t - td.ltick << SCHED_TICK_SHIFT;
        }
        td.ltick = t;
    }

    /** Ticks run within the window, as an int that may be negative: {@code SCHED_TICK_HZ}. */
    static int schedTickHz(UleThread td) {
        return td.ticks >> SCHED_TICK_SHIFT;
    }

    /** Share of a CPU in units of 1/2048: {@code sched_pctcpu}, sys/kern/sched_ule.c. */
    int schedPctcpu(Cpu cpu, UleThread td) {
        k.locks.assertOwned(cpu, td);
        schedPctcpuUpdate(td, td.isRunning());
        if (td.ticks == 0) {
            return 0;
        }
        int rtick = umin(schedTickHz(td) / SCHED_TICK_SECS, HZ);
        return FSCALE * (FSCALE * rtick / HZ) >> FSHIFT;
    }

    /** Division of unsigned numbers; signed division is the faster one on the host, and does for all but huge ones. */
    static int udiv(int a, int b) {
        return (a | b) > 0 ? a / b : Integer.divideUnsigned(a, b);
    }

    /** {@code min}, which compares unsigned. */
    static int umin(int a, int b) {
        return Integer.compareUnsigned(a, b) < 0 ? a : b;
    }

    /** {@code max}, which compares unsigned. */
    static int umax(int a, int b) {
        return Integer.compareUnsigned(a, b) > 0 ? a : b;
    }
}
