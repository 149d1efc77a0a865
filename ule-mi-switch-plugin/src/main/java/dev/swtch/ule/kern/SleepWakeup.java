package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SchedTunables.SCHED_TICK_SHIFT;
import static dev.swtch.ule.kern.SwitchFlags.SRQ_BORING;
import static dev.swtch.ule.kern.ThreadFlags.TDF_CANSWAP;
import static dev.swtch.ule.kern.ThreadFlags.TDS_CAN_RUN;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** What the scheduler notes when threads sleep and wake: sys/kern/sched_ule.c, kern_synch.c. */
final class SleepWakeup {
    private final UleKernel k;

    SleepWakeup(UleKernel k) {
        this.k = k;
    }

    /** A thread begins to sleep: {@code sched_sleep}, sys/kern/sched_ule.c. */
    void schedSleep(Cpu cpu, UleThread td, int prio) {
        k.locks.assertOwned(cpu, td);
        td.slptick = k.ticks;
        if (td.isSuspended() || prio >= Pri.PSOCK) {
            td.flags |= TDF_CANSWAP;
        }
        if (Pri.priBase(td.priClass) != Pri.PRI_TIMESHARE) {
            return;
        }
        int boost = k.tune.staticBoost;
        if (boost == 1 && prio != 0) {
            k.prio.schedPrio(cpu, td, prio);
        } else if (boost != 0 && td.priority > boost) {
            k.prio.schedPrio(cpu, td, boost);
        }
    }

    /** A sleep ended: what {@code sched_wakeup}, sys/kern/sched_ule.c, does before it adds the thread. */
    private void endSleep(Cpu cpu, UleThread td) {
        k.locks.assertOwned(cpu, td);
        td.flags &= ~TDF_CANSWAP;
        int slptick = td.slptick;
        td.slptick = 0;
        if (slptick != 0 && slptick != k.ticks) {
            td.slptime += k.ticks - slptick << SCHED_TICK_SHIFT;
            k.interact.schedInteractUpdate(td);
            k.pctcpu.schedPctcpuUpdate(td, false);
        }
        if (Pri.priBase(td.priClass) == Pri.PRI_ITHD && td.priority != td.baseIthreadPri) {
            k.prio.schedPrio(cpu, td, td.baseIthreadPri);
        }
        td.slice = 0;
    }

    /** {@code sched_wakeup}, sys/kern/sched_ule.c; drops the thread lock and may lose the CPU. */
    Next schedWakeup(Cpu cpu, UleThread td, int srqflags) {
        endSleep(cpu, td);
        return k.sched.schedAdd(cpu, td, SRQ_BORING | srqflags);
    }

    /** {@code sched_wakeup} with {@code SRQ_HOLD}: the lock the thread had before stays owned. */
    void schedWakeupHold(Cpu cpu, UleThread td) {
        endSleep(cpu, td);
        k.sched.schedAddHold(cpu, td, SRQ_BORING);
    }

    /** {@code sched_wakeup} with {@code SRQ_HOLDTD}: the thread stays locked. */
    void schedWakeupHoldtd(Cpu cpu, UleThread td, int srqflags) {
        endSleep(cpu, td);
        k.sched.schedAddHoldtd(cpu, td, SRQ_BORING | srqflags);
    }

    /** {@link #schedWakeup} where no preemption can be taken. */
    void schedWakeupHeld(Cpu cpu, UleThread td, int srqflags) {
        schedWakeupHoldtd(cpu, td, srqflags);
        k.locks.threadUnlockHeld(cpu, td);
    }

    /** {@code setrunnable}, sys/kern/kern_synch.c; drops the thread lock. */
    Next setrunnable(Cpu cpu, UleThread td, int srqflags) {
        if (td.state == TDS_CAN_RUN) {
            return schedWakeup(cpu, td, srqflags);
        }
        return k.locks.threadUnlock(cpu, td);
    }
}
