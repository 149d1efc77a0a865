package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SRQ_YIELDING;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.ule.topo.CpuGroupNode;
import org.jspecify.annotations.Nullable;

/** Takes waiting threads from other CPUs: sys/kern/sched_ule.c. */
final class Steal {
    private final UleKernel k;

    /** All CPUs but the one that searches; one search runs at a time. */
    private final CpuSet mask;

    Steal(UleKernel k) {
        this.k = k;
        mask = CpuSet.all(k.ncpus());
    }

    /** A thread that may move to a CPU, in order of priority: {@code tdq_steal}, sys/kern/sched_ule.c. */
    private @Nullable UleThread tdqSteal(Cpu cpu, Tdq tdq, int target) {
        tdq.lock.assertOwned(cpu);
        UleThread td = runqSteal(cpu, tdq.realtime, target);
        if (td != null) {
            return td;
        }
        td = runqStealFrom(cpu, tdq.timeshare, target, tdq.ridx);
        if (td != null) {
            return td;
        }
        return runqSteal(cpu, tdq.idle, target);
    }

    /** {@code runq_steal}, sys/kern/sched_ule.c. */
    private @Nullable UleThread runqSteal(Cpu cpu, Runq rq, int target) {
        for (long bits = rq.bits(); bits != 0; bits &= bits - 1) {
            for (UleThread td = rq.first(Long.numberOfTrailingZeros(bits)); td != null; td = td.runqNext) {
                cpu.charge(Charge.SCAN_ITEM);
                if (td.canMigrate() && td.canSched(target)) {
                    return td;
                }
            }
        }
        return null;
    }

    /** {@code runq_steal_from}, sys/kern/sched_ule.c: the thread that would run next is taken last. */
    private @Nullable UleThread runqStealFrom(Cpu cpu, Runq rq, int target, int start) {
        UleThread first = null;
        long bits = rq.bits() & -1L << start;
        for (int round = start == 0 ? 1 : 0; round < 2; round++) {
            for (; bits != 0; bits &= bits - 1) {
                for (UleThread td = rq.first(Long.numberOfTrailingZeros(bits)); td != null; td = td.runqNext) {
                    cpu.charge(Charge.SCAN_ITEM);
                    if (first == null) {
                        first = td;
                    } else if (td.canMigrate() && td.canSched(target)) {
                        return td;
                    }
                }
            }
            bits = rq.bits();
        }
        return first != null && first.canMigrate() && first.canSched(target) ? first : null;
    }

    /**
     * Moves one thread between two locked queues: {@code tdq_move}, sys/kern/sched_ule.c.
     *
     * @return the best priority at the destination before; -1 if nothing could be moved
     */
    int tdqMove(Cpu cpu, Tdq from, Tdq to) {
        from.lock.assertOwned(cpu);
        to.lock.assertOwned(cpu);
        UleThread td = tdqSteal(cpu, from, to.id);
        if (td == null) {
            return -1;
        }
        k.locks.threadLockBlockWait(cpu, td);
        k.sched.schedRem(cpu, td);
        td.lock = to.lock;
        td.tsCpu = to.id;
        return k.sched.tdqAdd(cpu, to, td, SRQ_YIELDING);
    }

    private void maskAllBut(int self) {
        mask.addAll();
        mask.remove(self);
    }

    private boolean hasNothingToGive(Tdq steal) {
        return steal.load < k.tune.stealThresh || steal.transferable == 0;
    }

    /** The last thread of a queue went to sleep: {@code tdq_trysteal}, sys/kern/sched_ule.c. */
    void tdqTrysteal(Cpu cpu, Tdq tdq) {
        if (!k.smpStarted || !k.tune.stealIdle || k.tune.trystealLimit == 0) {
            return;
        }
        maskAllBut(cpu.id());
        k.critical.spinlockEnter(cpu);
        k.locks.mtxUnlockSpinHeld(cpu, tdq.lock);
        trysteal(cpu, tdq);
        k.critical.spinlockExitHeld(cpu);
    }

    /** The loop of {@code tdq_trysteal}; returns with the queue locked again. */
    private void trysteal(Cpu cpu, Tdq tdq) {
        CpuGroupNode cg = tdq.cg;
        boolean goup = false;
        for (int i = 1; ; ) {
            int victim = k.search.schedHighest(cpu, cg, mask, k.tune.stealThresh, 1);
            if (tdq.load > 0) {
                k.locks.mtxLockSpin(cpu, tdq.lock);
                return;
            }
            if (victim == -1) {
                if (goup) {
                    cg = parentOf(cg);
                    goup = false;
                }
                CpuGroupNode parent = cg.parent();
                if (++i > k.tune.trystealLimit || parent == null) {
                    k.locks.mtxLockSpin(cpu, tdq.lock);
                    return;
                }
                goup = parent.childCount() == 2;
                cg = goup ? siblingOf(cg, parent) : parent;
                continue;
            }
            Tdq steal = k.tdq(victim);
            if (hasNothingToGive(steal)) {
                continue;
            }
            k.locks.mtxLockSpin(cpu, tdq.lock);
            if (tdq.load > 0 || !k.locks.mtxTrylockSpin(cpu, steal.lock)) {
                return;
            }
            if (!hasNothingToGive(steal)) {
                tdqMove(cpu, steal, tdq);
            }
            k.locks.mtxUnlockSpinHeld(cpu, steal.lock);
            return;
        }
    }

    private static CpuGroupNode parentOf(CpuGroupNode cg) {
        CpuGroupNode parent = cg.parent();
        return parent == null ? cg : parent;
    }

    private static CpuGroupNode siblingOf(CpuGroupNode cg, CpuGroupNode parent) {
        return cg == parent.child(0) ? parent.child(1) : parent.child(0);
    }

    /** How {@link #tdqIdled} ended. */
    enum Idled {
        /** {@code tdq_idled} returns 1: there is nothing to steal. */
        NOTHING,
        /** {@code tdq_idled} returns 0 without having switched: a thread was assigned meanwhile. */
        ASSIGNED,
        /** {@code tdq_idled} switches, then returns 0; here the caller switches: the queue is locked for it. */
        SWITCH
    }

    /** The idle thread looks for work: {@code tdq_idled}, sys/kern/sched_ule.c, but for its switch. */
    Idled tdqIdled(Cpu cpu, Tdq tdq) {
        if (!k.smpStarted || !k.tune.stealIdle) {
            return Idled.NOTHING;
        }
        maskAllBut(cpu.id());
        CpuGroupNode cg = tdq.cg;
        boolean goup = false;
        int switchcnt = tdq.switchCount();
        for (; ; ) {
            int victim = k.search.schedHighest(cpu, cg, mask, k.tune.stealThresh, 1);
            if (tdq.load != 0) {
                return Idled.ASSIGNED;
            }
            if (victim == -1) {
                if (goup) {
                    cg = parentOf(cg);
                    goup = false;
                }
                CpuGroupNode parent = cg.parent();
                if (parent == null) {
                    return Idled.NOTHING;
                }
                goup = parent.childCount() == 2;
                cg = goup ? siblingOf(cg, parent) : parent;
                continue;
            }
            Tdq steal = k.tdq(victim);
            if (hasNothingToGive(steal)) {
                cg = tdq.cg;
                goup = false;
                switchcnt = tdq.switchCount();
                continue;
            }
            k.locks.mtxLockSpin(cpu, tdq.lock);
            if (tdq.load > 0) {
                return Idled.SWITCH;
            }
            if (!k.locks.mtxTrylockSpin(cpu, steal.lock)) {
                k.locks.mtxUnlockSpinHeld(cpu, tdq.lock);
                mask.remove(victim);
                continue;
            }
            if (hasNothingToGive(steal) || switchcnt != tdq.switchCount()) {
                unlockPair(cpu, tdq, steal);
                cg = tdq.cg;
                goup = false;
                switchcnt = tdq.switchCount();
                continue;
            }
            if (tdqMove(cpu, steal, tdq) != -1) {
                k.locks.mtxUnlockSpinHeld(cpu, steal.lock);
                return Idled.SWITCH;
            }
            // Its threads may not come here: look no more at this CPU.
            mask.remove(victim);
            unlockPair(cpu, tdq, steal);
        }
    }

    /** {@code tdq_lock_pair}, sys/kern/sched_ule.c: by address, which is by CPU. */
    void lockPair(Cpu cpu, Tdq one, Tdq two) {
        k.locks.mtxLockSpin(cpu, one.id < two.id ? one.lock : two.lock);
        k.locks.mtxLockSpin(cpu, one.id < two.id ? two.lock : one.lock);
    }

    /** {@code tdq_unlock_pair}, sys/kern/sched_ule.c. */
    void unlockPair(Cpu cpu, Tdq one, Tdq two) {
        k.locks.mtxUnlockSpinHeld(cpu, one.lock);
        k.locks.mtxUnlockSpinHeld(cpu, two.lock);
    }
}
