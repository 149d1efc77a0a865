package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.block.WaitChannel;
import org.jspecify.annotations.Nullable;

/**
 * User mutexes whose owner inherits: sys/kern/kern_umtx.c, {@code UMUTEX_PRIO_INHERIT}.
 *
 * <p>Unlike with turnstiles owners may sleep, and only threads outside timeshare are told apart. Deviation: {@code
 * umtx_lock} is a critical section here, and a woken thread claims the mutex before it looks at the word; if it finds
 * the word taken, it waits again and names the owner.
 */
final class UmtxPi {
    private final UleKernel k;
    private final Frame<PiMutex> PI_SLEEP = new Frame<>("UMTXPI_SLEEP", this::sleep);
    private final Frame<PiMutex> PI_SLEPT = new Frame<>("UMTXPI_SLEPT", this::slept);
    private final Frame<Object> PI_DROP = new Frame<>("UMTXPI_DROP", this::dropSerializers);
    private final Frame<UleThread> PI_WAKE = new Frame<>("UMTXPI_WAKE", this::wake);

    UmtxPi(UleKernel k) {
        this.k = k;
    }

    private static PiMutex pi(WaitChannel key) {
        if (key.kernelPart() instanceof PiMutex known) {
            return known;
        }
        PiMutex made = new PiMutex();
        key.setKernelPart(made);
        return made;
    }

    // ---- waiting ------------------------------------------------------------------------------------------------

    /** The running thread waits for a mutex and lends its priority: {@code umtxq_sleep_pi}. */
    Next umtxqSleepPi(Cpu cpu, WaitChannel key, UleThread owner) {
        UleThread td = Pcpu.curthread(cpu);
        PiMutex pi = pi(key);
        k.critical.criticalEnter(cpu);
        if (pi.owner() != owner) {
            disown(cpu, pi);
            umtxPiClaim(cpu, pi, owner);
        }
        cpu.charge(Charge.QUEUE_OP);
        pi.insert(td);
        td.umtxQueued = true;
        td.piBlocked = pi;
        umtxPropagatePriority(cpu, td, pi);
        cpu.push(PI_SLEEP, pi);
        cpu.push(PI_DROP);
        return k.critical.criticalExit(cpu);
    }

    private Next dropSerializers(Cpu cpu, Object ref, int a, long b) {
        return k.serializers.aroundSleep(cpu);
    }

    private Next sleep(Cpu cpu, PiMutex pi, int a, long b) {
        UleThread td = Pcpu.curthread(cpu);
        cpu.push(PI_SLEPT, pi);
        if (!td.umtxQueued) {
            return Next.RETURN;
        }
        return k.synch.sleep(cpu, Umtx.umtxq(td), null, KernSynch.PCATCH, "umtxpi", 0, 0);
    }

    private Next slept(Cpu cpu, PiMutex pi, int a, long b) {
        UleThread td = Pcpu.curthread(cpu);
        k.critical.criticalEnter(cpu);
        td.umtxQueued = false;
        td.piBlocked = null;
        pi.remove(td);
        umtxRepropagatePriority(cpu, pi);
        if (pi.owner() == null) {
            umtxPiClaim(cpu, pi, td);
        }
        return k.critical.criticalExit(cpu);
    }

    // ---- owning -------------------------------------------------------------------------------------------------

    /** A thread becomes the owner of a contested mutex, and its best waiter lends to it: {@code umtx_pi_claim}. */
    private void umtxPiClaim(Cpu cpu, PiMutex pi, UleThread owner) {
        pi.setOwner(owner);
        UleThread first = pi.first();
        if (first != null && PiMutex.upri(first) < PiMutex.upri(owner)) {
            lend(cpu, owner, PiMutex.upri(first));
        }
    }

    /** The running thread gave the mutex up: {@code umtx_pi_drop}; wakes the best waiter that still sleeps. */
    Next umtxPiDrop(Cpu cpu, WaitChannel key) {
        PiMutex pi = pi(key);
        k.critical.criticalEnter(cpu);
        disown(cpu, pi);
        UleThread first = pi.first();
        while (first != null && !first.umtxQueued) {
            cpu.charge(Charge.SCAN_ITEM);
            first = first.umtxLink.next();
        }
        if (first != null) {
            first.umtxQueued = false;
            cpu.push(PI_WAKE, first);
        }
        return k.critical.criticalExit(cpu);
    }

    private Next wake(Cpu cpu, UleThread td, int a, long b) {
        return k.synch.wakeup(cpu, Umtx.umtxq(td));
    }

    /** A thread exits: what it owned has no owner, and nothing stays lent to it: {@code umtx_thread_cleanup}. */
    void umtxThreadCleanup(Cpu cpu, UleThread td) {
        for (PiMutex pi = td.piContested.first(); pi != null; pi = td.piContested.first()) {
            pi.disown();
        }
        if (td.lendUserPri != Pri.PRI_MAX) {
            lend(cpu, td, Pri.PRI_MAX);
        }
    }

    /** Nobody owns the mutex; its owner keeps what others lend. */
    private void disown(Cpu cpu, PiMutex pi) {
        UleThread owner = pi.owner();
        if (owner != null) {
            pi.disown();
            lend(cpu, owner, contestedPri(cpu, owner));
        }
    }

    // ---- lending ------------------------------------------------------------------------------------------------

    /** Lends a waiter's priority along the chain of owners: {@code umtx_propagate_priority}. */
    private void umtxPropagatePriority(Cpu cpu, UleThread waiter, PiMutex from) {
        if (from.isInLoop()) {
            return;
        }
        int pri = PiMutex.upri(waiter);
        UleThread self = Pcpu.curthread(cpu);
        for (PiMutex pi = from; pi != null; ) {
            UleThread owner = pi.owner();
            cpu.charge(Charge.SCAN_ITEM);
            if (owner == null || owner == self || owner.lendUserPri <= pri) {
                return;
            }
            lend(cpu, owner, pri);
            pi = nextOf(owner);
        }
    }

    /**
     * What a mutex's waiters lend changed, perhaps for the worse: all owners along the chain get what is due to them,
     * {@code umtx_repropagate_priority}.
     */
    private void umtxRepropagatePriority(Cpu cpu, PiMutex from) {
        if (from.isInLoop()) {
            return;
        }
        for (PiMutex pi = from; pi != null; ) {
            UleThread owner = pi.owner();
            if (owner == null) {
                return;
            }
            lend(cpu, owner, contestedPri(cpu, owner));
            pi = nextOf(owner);
        }
    }

    /** The mutex an owner waits for, on which it takes the place its priority has now. */
    private static @Nullable PiMutex nextOf(UleThread owner) {
        PiMutex pi = owner.piBlocked;
        if (pi != null) {
            pi.adjustThread(owner);
        }
        return pi;
    }

    /** A waiter's priority was changed: {@code umtx_pi_adjust}; the caller is in a critical section. */
    void umtxPiAdjust(Cpu cpu, UleThread td) {
        PiMutex pi = nextOf(td);
        if (pi != null) {
            umtxRepropagatePriority(cpu, pi);
        }
    }

    /** The best that waiters for any mutex of an owner lend. */
    private static int contestedPri(Cpu cpu, UleThread owner) {
        int pri = Pri.PRI_MAX;
        for (PiMutex pi = owner.piContested.first(); pi != null; pi = pi.nextContested()) {
            cpu.charge(Charge.SCAN_ITEM);
            UleThread first = pi.first();
            if (first != null) {
                pri = Math.min(pri, PiMutex.upri(first));
            }
        }
        return pri;
    }

    private void lend(Cpu cpu, UleThread td, int pri) {
        k.locks.threadLock(cpu, td);
        k.prio.schedLendUserPrio(cpu, td, pri);
        k.locks.threadUnlockHeld(cpu, td);
    }
}
