package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SchedTunables.SCHED_SLICE_MIN_DIVISOR;
import static dev.swtch.ule.kern.ThreadFlags.TDA_SCHED;
import static dev.swtch.ule.kern.ThreadFlags.TDF_SLICEEND;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** Slices and what the statistics clock does to the running thread: sys/kern/sched_ule.c. */
final class SchedClock {
    private final UleKernel k;

    SchedClock(UleKernel k) {
        this.k = k;
    }

    /** The slice of timeshare threads by load, in stat ticks: {@code tdq_slice}, sys/kern/sched_ule.c. */
    int tdqSlice(Tdq tdq) {
        int load = tdq.sysload - 1;
        if (load >= SCHED_SLICE_MIN_DIVISOR) {
            return k.tune.schedSliceMin;
        }
        return load <= 1 ? k.tune.schedSlice : k.tune.schedSlice / load;
    }

    /** {@code td_slice}, sys/kern/sched_ule.c. */
    private int tdSlice(UleThread td, Tdq tdq) {
        return isIthd(td) ? k.tune.schedSlice : tdqSlice(tdq);
    }

    private static boolean isIthd(UleThread td) {
        return Pri.priBase(td.priClass) == Pri.PRI_ITHD;
    }

    /**
     * Stat ticks have passed: {@code sched_clock}, sys/kern/sched_ule.c; the caller is in a critical section.
     *
     * @param td the running thread, locked
     * @param cnt number of ticks
     */
    void schedClock(Cpu cpu, UleThread td, int cnt) {
        k.locks.assertOwned(cpu, td);
        Tdq tdq = Pcpu.tdqSelf(cpu);
        if (tdq == k.balanceTdq && k.smpStarted && k.tune.rebalance && k.balanceTicks != 0) {
            k.balanceTicks -= cnt;
            if (k.balanceTicks <= 0) {
                k.balancer.schedBalance(cpu);
            }
        }
        tdq.oldswitchcnt = tdq.switchcnt;
        tdq.switchcnt = (short) tdq.load;
        // The calendar's insertion index moves at most one step ahead of the removal index.
        if (tdq.idx == tdq.ridx) {
            tdq.idx = (tdq.idx + 1) % Runq.RQ_NQS;
            if (tdq.timeshare.isEmpty(tdq.ridx)) {
                tdq.ridx = tdq.idx;
            }
        }
        k.pctcpu.schedPctcpuUpdate(td, true);
        if ((td.priClass & Pri.PRI_FIFO_BIT) != 0 || td.isIdletd()) {
            return;
        }
        if (Pri.priBase(td.priClass) == Pri.PRI_TIMESHARE) {
            td.runtime += k.tune.tickincr * cnt;
            k.interact.schedInteractUpdate(td);
            k.interact.schedPriority(td);
        }
        td.slice += cnt;
        if (td.slice >= tdSlice(td, tdq)) {
            td.slice = 0;
            sliceEnd(cpu, td);
        }
    }

    /** A slice is used up; an interrupt thread that uses a whole one is demoted too. */
    private void sliceEnd(Cpu cpu, UleThread td) {
        if (!isIthd(td)) {
            td.ast |= TDA_SCHED;
            td.flags |= TDF_SLICEEND;
            return;
        }
        k.stat(SchedStat.ITHREAD_PREEMPTIONS);
        td.owepreempt = true;
        if (td.basePri + Runq.RQ_PPQ < Pri.PRI_MAX_ITHD) {
            k.stat(SchedStat.ITHREAD_DEMOTIONS);
            k.prio.schedPrio(cpu, td, td.basePri + Runq.RQ_PPQ);
        }
    }

    /** The statistics clock's interrupt: {@code statclock}, sys/kern/kern_clock.c, as the timer's handler calls it. */
    Next statclock(Cpu cpu, int cnt) {
        UleThread td = Pcpu.curthread(cpu);
        k.critical.criticalEnter(cpu);
        td.intrNestingLevel++;
        k.locks.threadLock(cpu, td);
        schedClock(cpu, td, cnt);
        k.locks.threadUnlockHeld(cpu, td);
        td.intrNestingLevel--;
        return k.critical.criticalExit(cpu);
    }

    /** The balancer alone, as its statistics clock would run it. */
    Next balance(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        k.critical.criticalEnter(cpu);
        k.locks.threadLock(cpu, td);
        k.balancer.schedBalance(cpu);
        k.locks.threadUnlockHeld(cpu, td);
        return k.critical.criticalExit(cpu);
    }
}
