package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SRQ_BORING;
import static dev.swtch.ule.kern.SwitchFlags.SRQ_HOLD;
import static dev.swtch.ule.kern.SwitchFlags.SRQ_YIELDING;
import static dev.swtch.ule.kern.ThreadFlags.TDA_SCHED;
import static dev.swtch.ule.kern.ThreadFlags.TDS_CAN_RUN;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/** Adds threads to the queues of CPUs and takes them off: sys/kern/sched_ule.c. */
final class SchedQueue {
    private final UleKernel k;

    SchedQueue(UleKernel k) {
        this.k = k;
    }

    /** {@code sched_add} with the thread lock, which is dropped; may lose the CPU. */
    Next schedAdd(Cpu cpu, UleThread td, int flags) {
        add(cpu, td, flags);
        return k.locks.threadUnlock(cpu, td);
    }

    /** {@code sched_add} with {@code SRQ_HOLD}: the lock the thread had before stays owned, its new one is dropped. */
    void schedAddHold(Cpu cpu, UleThread td, int flags) {
        add(cpu, td, flags | SRQ_HOLD);
        k.locks.threadUnlockHeld(cpu, td);
    }

    /** {@code sched_add} with {@code SRQ_HOLDTD}: the thread stays locked. */
    void schedAddHoldtd(Cpu cpu, UleThread td, int flags) {
        add(cpu, td, flags);
    }

    /** {@code sched_add} up to where it drops the lock, sys/kern/sched_ule.c. */
    private void add(Cpu cpu, UleThread td, int flags) {
        k.locks.assertOwned(cpu, td);
        td.markRunnable(cpu);
        k.interact.schedPriority(td);
        int target = k.pickcpu.schedPickcpu(cpu, td, flags);
        Tdq tdq = schedSetcpu(cpu, td, target, flags);
        int lowpri = tdqAdd(cpu, tdq, td, flags);
        if (target != cpu.id()) {
            k.preempt.tdqNotify(cpu, tdq, lowpri);
        } else if ((flags & SRQ_YIELDING) == 0) {
            k.preempt.schedSetpreempt(cpu, td.priority);
        }
    }

    /** Gives the thread to a CPU and its queue's lock: {@code sched_setcpu}, sys/kern/sched_ule.c. */
    private Tdq schedSetcpu(Cpu cpu, UleThread td, int target, int flags) {
        Tdq tdq = k.tdq(target);
        td.tsCpu = target;
        if (td.lock == tdq.lock) {
            if ((flags & SRQ_HOLD) != 0) {
                throw cpu.violation("srq-hold", td.name() + " is protected by a queue but added with its lock held");
            }
            return tdq;
        }
        // In transit, so that the two locks need no order.
        k.critical.spinlockEnter(cpu);
        Mtx mtx = k.locks.threadLockBlock(cpu, td);
        if ((flags & SRQ_HOLD) == 0) {
            k.locks.mtxUnlockSpinHeld(cpu, mtx);
        }
        k.locks.mtxLockSpin(cpu, tdq.lock);
        k.locks.threadLockUnblock(cpu, td, tdq.lock);
        k.critical.spinlockExitHeld(cpu);
        return tdq;
    }

    /**
     * Queues a thread on a given CPU: {@code tdq_add}, sys/kern/sched_ule.c.
     *
     * @return the best priority there before
     */
    int tdqAdd(Cpu cpu, Tdq tdq, UleThread td, int flags) {
        tdq.lock.assertOwned(cpu);
        if (td.inhibitors != 0) {
            throw cpu.violation("add-inhibited", td.name() + " is made to run while it is inhibited");
        }
        if (td.state != TDS_CAN_RUN && !td.isRunning()) {
            throw cpu.violation("add-state", td.name() + " is queued in state " + td.state);
        }
        int lowpri = tdq.lowpri;
        if (td.priority < lowpri) {
            tdq.lowpri = td.priority;
        }
        tdq.tdqRunqAdd(cpu, td, flags);
        tdq.tdqLoadAdd(cpu, td);
        return lowpri;
    }

    /** Takes a thread off its queue without running it: {@code sched_rem}, sys/kern/sched_ule.c. */
    void schedRem(Cpu cpu, UleThread td) {
        Tdq tdq = k.tdq(td.tsCpu);
        tdq.lock.assertOwned(cpu);
        if (td.lock != tdq.lock) {
            throw cpu.violation("rem-lock", td.name() + " is taken off a queue that does not protect it");
        }
        if (!td.onRunq()) {
            throw cpu.violation("rem-state", td.name() + " is taken off a queue but is on none");
        }
        tdq.tdqRunqRem(cpu, td);
        tdq.tdqLoadRem(cpu, td);
        td.setState(TDS_CAN_RUN);
        if (td.priority == tdq.lowpri) {
            tdq.tdqSetlowpri(cpu, tdq.curthread());
        }
    }

    /** Enforces a changed set of CPUs: {@code sched_affinity}, sys/kern/sched_ule.c. */
    void schedAffinity(Cpu cpu, UleThread td) {
        k.locks.assertOwned(cpu, td);
        if (td.canSched(td.tsCpu)) {
            return;
        }
        if (td.onRunq()) {
            schedRem(cpu, td);
            schedAddHoldtd(cpu, td, SRQ_BORING);
            return;
        }
        if (!td.isRunning()) {
            return;
        }
        td.ast |= TDA_SCHED;
        if (td != Pcpu.curthread(cpu)) {
            k.ipi.ipiCpu(cpu, td.tsCpu, Ipi.IPI_PREEMPT);
        }
    }

    /** Sum of the loads of all CPUs: {@code sched_load}, sys/kern/sched_ule.c. */
    int schedLoad(Cpu cpu) {
        int total = 0;
        for (int i = 0; i < k.ncpus(); i++) {
            cpu.charge(Charge.SCAN_ITEM);
            total += k.tdq(i).sysload;
        }
        return total;
    }

    /** Whether another thread could use this CPU: {@code sched_runnable}, sys/kern/sched_ule.c. */
    boolean schedRunnable(Cpu cpu) {
        int load = Pcpu.tdqSelf(cpu).load;
        return Pcpu.curthread(cpu).isIdletd() ? load > 0 : load - 1 > 0;
    }
}
