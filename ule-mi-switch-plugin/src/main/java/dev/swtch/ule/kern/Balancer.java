package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.ThreadFlags.TDA_SCHED;
import static dev.swtch.ule.kern.ThreadFlags.TDF_PICKCPU;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.ule.topo.CpuGroupNode;

/** The long-term balancer, run by the boot CPU's statistics clock: sys/kern/sched_ule.c. */
final class Balancer {
    private final UleKernel k;
    private final CpuSet hmask;
    private final CpuSet lmask;
    private long passes;
    private long moves;

    Balancer(UleKernel k) {
        this.k = k;
        hmask = CpuSet.all(k.ncpus());
        lmask = CpuSet.all(k.ncpus());
    }

    /** {@code sched_balance}, sys/kern/sched_ule.c; the caller is in a critical section and holds its queue's lock. */
    void schedBalance(Cpu cpu) {
        passes++;
        int interval = k.tune.balanceInterval;
        k.balanceTicks = Math.max(interval / 2, 1) + k.schedRandom(cpu) % interval;
        Tdq tdq = Pcpu.tdqSelf(cpu);
        k.locks.mtxUnlockSpinHeld(cpu, tdq.lock);
        schedBalanceGroup(cpu, k.cpuTop);
        k.locks.mtxLockSpin(cpu, tdq.lock);
    }

    /** Number of passes so far. */
    long passes() {
        return passes;
    }

    /** Number of threads moved so far. */
    long moves() {
        return moves;
    }

    /**
     * One pass: each CPU gives away at most one thread: {@code sched_balance_group}, sys/kern/sched_ule.c.
     *
     * <p>The kernel's test for an empty set of receivers is never true, because its sets begin with more CPUs than the
     * machine has; it is left out.
     */
    private void schedBalanceGroup(Cpu cpu, CpuGroupNode cg) {
        hmask.addAll();
        for (; ; ) {
            int high = k.search.schedHighest(cpu, cg, hmask, 1, 0);
            if (high == -1) {
                return;
            }
            hmask.remove(high);
            lmask.copyFrom(hmask);
            Tdq tdq = k.tdq(high);
            if (tdq.load == 1) {
                tellToPickcpu(cpu, tdq);
                return;
            }
            if (!moveFrom(cpu, cg, tdq)) {
                return;
            }
        }
    }

    /** A lone running thread cannot be moved; it shall choose a CPU itself on its way to user mode. */
    private void tellToPickcpu(Cpu cpu, Tdq tdq) {
        k.locks.mtxLockSpin(cpu, tdq.lock);
        UleThread td = tdq.curthread();
        if (td.lock == tdq.lock && !td.isIdletd() && td.canMigrate()) {
            td.flags |= TDF_PICKCPU;
            td.ast |= TDA_SCHED;
            if (tdq.id != cpu.id()) {
                k.ipi.ipiCpu(cpu, tdq.id, Ipi.IPI_AST);
            }
        }
        k.locks.mtxUnlockSpinHeld(cpu, tdq.lock);
    }

    /** Finds a receiver for one thread; false if the pass is over because no CPU is less loaded. */
    private boolean moveFrom(Cpu cpu, CpuGroupNode cg, Tdq tdq) {
        boolean anylow = true;
        while (tdq.transferable != 0) {
            int low = k.search.schedLowest(cpu, cg, lmask, -1, tdq.load - 1, tdq.id, true);
            if (low == -1) {
                return !anylow;
            }
            if (schedBalancePair(cpu, tdq, k.tdq(low))) {
                // Who received gives nothing away in this pass.
                hmask.remove(low);
                return true;
            }
            lmask.remove(low);
            anylow = false;
        }
        return true;
    }

    /** Moves a thread from one CPU to another: {@code sched_balance_pair}, sys/kern/sched_ule.c. */
    private boolean schedBalancePair(Cpu cpu, Tdq high, Tdq low) {
        boolean moved = false;
        k.steal.lockPair(cpu, high, low);
        if (high.transferable != 0 && high.load > low.load) {
            int lowpri = k.steal.tdqMove(cpu, high, low);
            if (lowpri != -1) {
                if (low.id != cpu.id()) {
                    k.preempt.tdqNotify(cpu, low, lowpri);
                } else {
                    k.preempt.schedSetpreempt(cpu, low.lowpri);
                }
                moved = true;
                moves++;
            }
        }
        k.steal.unlockPair(cpu, high, low);
        return moved;
    }
}
