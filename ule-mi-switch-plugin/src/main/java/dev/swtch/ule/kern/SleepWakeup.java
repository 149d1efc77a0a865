package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SchedTunables.SCHED_TICK_SHIFT;
import static dev.swtch.ule.kern.SwitchFlags.SRQ_BORING;
import static dev.swtch.ule.kern.SwitchFlags.SWT_SUSPEND;
import static dev.swtch.ule.kern.SwitchFlags.SW_INVOL;
import static dev.swtch.ule.kern.SwitchFlags.SW_VOL;
import static dev.swtch.ule.kern.ThreadFlags.TDF_CANSWAP;
import static dev.swtch.ule.kern.ThreadFlags.TDI_SUSPENDED;
import static dev.swtch.ule.kern.ThreadFlags.TDS_CAN_RUN;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** What the scheduler notes when threads sleep, wake and are suspended: sys/kern/sched_ule.c, kern_thread.c. */
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

    /** The running thread stops itself: {@code thread_suspend_switch}, sys/kern/kern_thread.c. */
    Next threadSuspendSwitch(Cpu cpu) {
        return suspend(cpu, SW_VOL | SWT_SUSPEND);
    }

    /** The running thread finds that it is to stop: {@code thread_suspend_check}, sys/kern/kern_thread.c. */
    Next threadSuspendCheck(Cpu cpu) {
        return suspend(cpu, SW_INVOL | SWT_SUSPEND);
    }

    private Next suspend(Cpu cpu, int flags) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.threadLock(cpu, td);
        td.setInhib(TDI_SUSPENDED);
        schedSleep(cpu, td, 0);
        return k.mi.miSwitch(cpu, flags);
    }

    /** A stopped thread may go on, if nothing else holds it: {@code thread_unsuspend_one}, sys/kern/kern_thread.c. */
    Next threadUnsuspendOne(Cpu cpu, UleThread td) {
        k.locks.threadLock(cpu, td);
        td.clrInhib(TDI_SUSPENDED);
        return setrunnable(cpu, td, 0);
    }

    /** {@code setrunnable}, sys/kern/kern_synch.c; drops the thread lock. */
    Next setrunnable(Cpu cpu, UleThread td, int srqflags) {
        if (td.state == TDS_CAN_RUN) {
            return schedWakeup(cpu, td, srqflags);
        }
        return k.locks.threadUnlock(cpu, td);
    }
}
