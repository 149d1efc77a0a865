package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SWT_REMOTEPREEMPT;
import static dev.swtch.ule.kern.SwitchFlags.SWT_REMOTEWAKEIDLE;
import static dev.swtch.ule.kern.SwitchFlags.SW_INVOL;
import static dev.swtch.ule.kern.SwitchFlags.SW_PREEMPT;
import static dev.swtch.ule.kern.ThreadFlags.TDA_SCHED;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** Decides who is to be preempted; the switch itself comes later: sys/kern/sched_ule.c. */
final class Preempt {
    private final UleKernel k;

    Preempt(UleKernel k) {
        this.k = k;
    }

    /** {@code sched_shouldpreempt}, sys/kern/sched_ule.c. */
    boolean schedShouldpreempt(int pri, int cpri, boolean remote) {
        if (pri >= cpri) {
            return false;
        }
        if (cpri >= Pri.PRI_MIN_IDLE) {
            return true;
        }
        if (k.tune.preemptThresh == 0) {
            return false;
        }
        if (pri <= k.tune.preemptThresh) {
            return true;
        }
        return remote && pri <= Pri.PRI_MAX_INTERACT && cpri > Pri.PRI_MAX_INTERACT;
    }

    /**
     * A thread of this priority was queued on the CPU that executes: {@code sched_setpreempt}, sys/kern/sched_ule.c.
     *
     * <p>Never switches: a better thread gets the CPU on the way to user mode, a much better one at the end of the
     * outermost critical section.
     */
    void schedSetpreempt(Cpu cpu, int pri) {
        UleThread ctd = Pcpu.curthread(cpu);
        k.locks.assertOwned(cpu, ctd);
        int cpri = ctd.priority;
        if (pri < cpri) {
            ctd.ast |= TDA_SCHED;
        }
        if (pri >= cpri || ctd.isInhibited()) {
            return;
        }
        if (!schedShouldpreempt(pri, cpri, false)) {
            return;
        }
        ctd.owepreempt = true;
    }

    /**
     * A thread was queued on another CPU: {@code tdq_notify}, sys/kern/sched_ule.c.
     *
     * @param lowpri the best priority there before
     */
    void tdqNotify(Cpu cpu, Tdq tdq, int lowpri) {
        tdq.lock.assertOwned(cpu);
        if (tdq.lowpri > lowpri) {
            throw cpu.violation("notify-lowpri", "a queue got worse by an added thread");
        }
        if (tdq.owepreempt) {
            return;
        }
        if (!schedShouldpreempt(tdq.lowpri, lowpri, true)) {
            return;
        }
        // An idle loop that is not halted sees the load by itself.
        if (tdq.curthread().isIdletd()) {
            if (tdq.cpuIdle == 0) {
                k.idleWait.loadSeen(cpu, tdq.id);
                return;
            }
            if (k.idleWait.cpuIdleWakeup(cpu, tdq.id)) {
                return;
            }
        }
        tdq.owepreempt = true;
        k.ipi.ipiCpu(cpu, tdq.id, Ipi.IPI_PREEMPT);
    }

    /** The IPI has come: {@code sched_preempt}, sys/kern/sched_ule.c. */
    Next schedPreempt(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.threadLock(cpu, td);
        Tdq tdq = Pcpu.tdqSelf(cpu);
        tdq.lock.assertOwned(cpu);
        if (td.priority > tdq.lowpri) {
            if (td.critnest == 1) {
                int flags = SW_INVOL | SW_PREEMPT;
                flags |= td.isIdletd() ? SWT_REMOTEWAKEIDLE : SWT_REMOTEPREEMPT;
                return k.mi.miSwitch(cpu, flags);
            }
            td.owepreempt = true;
        } else {
            tdq.owepreempt = false;
        }
        return k.locks.threadUnlock(cpu, td);
    }
}
