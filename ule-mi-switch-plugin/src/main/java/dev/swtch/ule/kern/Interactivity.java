package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.Pctcpu.udiv;
import static dev.swtch.ule.kern.Pctcpu.umax;
import static dev.swtch.ule.kern.Pctcpu.umin;
import static dev.swtch.ule.kern.SchedTunables.HZ;
import static dev.swtch.ule.kern.SchedTunables.SCHED_TICK_SHIFT;

import dev.swtch.machine.Violation;

/** How interactive a thread is, from its history of running and sleeping: sys/kern/sched_ule.c. */
final class Interactivity {
    static final int SCHED_INTERACT_HALF = 50;
    static final int SCHED_SLP_RUN_MAX = HZ * 5 << SCHED_TICK_SHIFT;
    static final int SCHED_SLP_RUN_FORK = HZ / 2 << SCHED_TICK_SHIFT;

    private static final int SCHED_PRI_NRESV = 2 * Pri.PRIO_MAX;
    private static final int SCHED_PRI_NHALF = SCHED_PRI_NRESV / 2;
    private static final int SCHED_PRI_MIN = Pri.PRI_MIN_BATCH + SCHED_PRI_NHALF;
    private static final int SCHED_PRI_RANGE = Pri.PRI_MAX_BATCH - SCHED_PRI_NHALF - SCHED_PRI_MIN + 1;

    private final UleKernel k;

    Interactivity(UleKernel k) {
        this.k = k;
    }

    /** 0 for a thread that only sleeps to 100 for one that only runs: {@code sched_interact_score}. */
    int schedInteractScore(UleThread td) {
        int runtime = td.runtime;
        int slptime = td.slptime;
        int order = Integer.compareUnsigned(runtime, slptime);
        if (k.tune.schedInteract <= SCHED_INTERACT_HALF && order >= 0) {
            return SCHED_INTERACT_HALF;
        }
        if (order > 0) {
            int div = umax(1, udiv(runtime, SCHED_INTERACT_HALF));
            return SCHED_INTERACT_HALF + (SCHED_INTERACT_HALF - udiv(slptime, div));
        }
        if (order < 0) {
            int div = umax(1, udiv(slptime, SCHED_INTERACT_HALF));
            return udiv(runtime, div);
        }
        return runtime != 0 ? SCHED_INTERACT_HALF : 0;
    }

    /** Computes a timeshare thread's user priority: {@code sched_priority}, sys/kern/sched_ule.c. */
    void schedPriority(UleThread td) {
        if (Pri.priBase(td.priClass) != Pri.PRI_TIMESHARE) {
            return;
        }
        int score = Math.max(0, schedInteractScore(td) + td.proc.nice);
        int pri;
        if (score < k.tune.schedInteract) {
            pri = Pri.PRI_MIN_INTERACT;
            pri += (Pri.PRI_MAX_INTERACT - Pri.PRI_MIN_INTERACT + 1) * score / k.tune.schedInteract;
        } else {
            pri = SCHED_PRI_MIN;
            if (td.ticks != 0) {
                pri += umin(schedPriTicks(td), SCHED_PRI_RANGE - 1);
            }
            pri += td.proc.nice;
        }
        if (pri < Pri.PRI_MIN_TIMESHARE || pri > Pri.PRI_MAX_TIMESHARE) {
            throw new Violation(
                    "sched-priority",
                    -1,
                    k.machine.now(),
                    td.name() + " gets user priority " + pri + ", which is not timeshare");
        }
        k.prio.schedUserPrio(td, pri);
    }

    /** {@code SCHED_PRI_TICKS}: use of the CPU in the window, in priority levels, as an unsigned number. */
    private static int schedPriTicks(UleThread td) {
        int total = umax(td.ltick - td.ftick, HZ);
        int rounded = udiv(total + (SCHED_PRI_RANGE - 1), SCHED_PRI_RANGE) * SCHED_PRI_RANGE;
        return udiv(Pctcpu.schedTickHz(td), udiv(rounded, SCHED_PRI_RANGE));
    }

    /** Bounds the history that is kept: {@code sched_interact_update}, sys/kern/sched_ule.c. */
    void schedInteractUpdate(UleThread td) {
        int sum = td.runtime + td.slptime;
        if (Integer.compareUnsigned(sum, SCHED_SLP_RUN_MAX) < 0) {
            return;
        }
        if (Integer.compareUnsigned(sum, SCHED_SLP_RUN_MAX * 2) > 0) {
            if (Integer.compareUnsigned(td.runtime, td.slptime) > 0) {
                td.runtime = SCHED_SLP_RUN_MAX;
                td.slptime = 1;
            } else {
                td.slptime = SCHED_SLP_RUN_MAX;
                td.runtime = 1;
            }
            return;
        }
        if (Integer.compareUnsigned(sum, SCHED_SLP_RUN_MAX / 5 * 6) > 0) {
            td.runtime >>>= 1;
            td.slptime >>>= 1;
            return;
        }
        td.runtime = udiv(td.runtime, 5) * 4;
        td.slptime = udiv(td.slptime, 5) * 4;
    }

    /** Shortens the history a child inherits: {@code sched_interact_fork}, sys/kern/sched_ule.c. */
    void schedInteractFork(UleThread td) {
        int sum = td.runtime + td.slptime;
        if (sum > SCHED_SLP_RUN_FORK) {
            int ratio = sum / SCHED_SLP_RUN_FORK;
            td.runtime = udiv(td.runtime, ratio);
            td.slptime = udiv(td.slptime, ratio);
        }
    }
}
