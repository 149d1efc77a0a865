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
    private final Frame<Object> PI_DROP =
            new Frame<>("UMTXPI_DROP", (cpu, ref, a, b) -> k().serializers.aroundSleep(cpu));
    private final Frame<UleThread> PI_WAKE = new Frame<>("UMTXPI_WAKE", this::wake);

    UmtxPi(UleKernel k) {
        this.k = k;
    }

    private UleKernel k() {
        return k;
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
        if (pi.owner != owner) {
            disown(cpu, pi);
            pi.setOwner(owner);
        }
        cpu.charge(Charge.QUEUE_OP);
        pi.insert(td);
        td.umtxQueued = true;
        td.piBlocked = pi;
        umtxPropagatePriority(cpu, td);
        cpu.push(PI_SLEEP, pi);
        cpu.push(PI_DROP);
        return k.critical.criticalExit(cpu);
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
        if (pi.owner == null) {
            pi.setOwner(td);
        }
        umtxRepropagatePriority(cpu, pi);
        return k.critical.criticalExit(cpu);
    }

    // ---- waking -------------------------------------------------------------------------------------------------

    /** The running thread gave the mutex up: {@code umtx_pi_drop}; wakes the best waiter that still sleeps. */
    Next umtxPiDrop(Cpu cpu, WaitChannel key) {
        PiMutex pi = pi(key);
        k.critical.criticalEnter(cpu);
        disown(cpu, pi);
        UleThread first = pi.first();
        while (first != null && !first.umtxQueued) {
            cpu.charge(Charge.SCAN_ITEM);
            first = first.umtxNext;
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

    /** A thread exits: nothing stays lent to it, and what it owned has no owner: {@code umtx_thread_cleanup}. */
    void umtxThreadCleanup(Cpu cpu, UleThread td) {
        for (PiMutex pi = td.piContested; pi != null; pi = td.piContested) {
            disown(cpu, pi);
        }
    }

    /** Nobody owns the mutex; its owner keeps what others lend. */
    private void disown(Cpu cpu, PiMutex pi) {
        UleThread owner = pi.owner;
        if (owner != null) {
            pi.clearOwner();
            lend(cpu, owner, contestedPri(cpu, owner));
        }
    }

    // ---- lending ------------------------------------------------------------------------------------------------

    /** Lends a waiter's priority along the chain of owners: {@code umtx_propagate_priority}. */
    private void umtxPropagatePriority(Cpu cpu, UleThread waiter) {
        int pri = PiMutex.upri(waiter);
        UleThread self = Pcpu.curthread(cpu);
        for (PiMutex pi = waiter.piBlocked; pi != null; ) {
            UleThread owner = pi.owner;
            cpu.charge(Charge.SCAN_ITEM);
            if (owner == null || owner == self || owner.lendUserPri <= pri) {
                return;
            }
            lend(cpu, owner, pri);
            pi = owner.piBlocked;
            if (pi != null) {
                pi.resort(owner);
            }
        }
    }

    /** A waiter is gone: what is lent along the chain of owners may get worse: {@code umtx_repropagate_priority}. */
    private void umtxRepropagatePriority(Cpu cpu, PiMutex from) {
        for (PiMutex pi = from; pi != null; ) {
            UleThread owner = pi.owner;
            if (owner == null) {
                return;
            }
            int pri = contestedPri(cpu, owner);
            if (owner.lendUserPri == pri) {
                return;
            }
            lend(cpu, owner, pri);
            pi = owner.piBlocked;
            if (pi != null) {
                pi.resort(owner);
            }
        }
    }

    private static int contestedPri(Cpu cpu, UleThread owner) {
        int pri = Pri.PRI_MAX;
        for (PiMutex pi = owner.piContested; pi != null; pi = pi.next) {
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

    /** One such mutex: {@code struct umtx_pi}. */
    static final class PiMutex {
        @Nullable
        UleThread owner;

        @Nullable
        PiMutex next;

        private @Nullable PiMutex prev;
        private @Nullable UleThread first;

        /** The best waiter, the longest waiting among equals. */
        @Nullable
        UleThread first() {
            return first;
        }

        /** {@code UPRI}: all timeshare priorities count alike. */
        static int upri(UleThread td) {
            boolean timeshare = td.userPri >= Pri.PRI_MIN_TIMESHARE && td.userPri <= Pri.PRI_MAX_TIMESHARE;
            return timeshare ? Pri.PRI_MAX_TIMESHARE : td.userPri;
        }

        void setOwner(UleThread td) {
            owner = td;
            PiMutex head = td.piContested;
            next = head;
            prev = null;
            if (head != null) {
                head.prev = this;
            }
            td.piContested = this;
        }

        void clearOwner() {
            UleThread td = owner;
            PiMutex after = next;
            PiMutex before = prev;
            if (after != null) {
                after.prev = before;
            }
            if (before != null) {
                before.next = after;
            } else if (td != null) {
                td.piContested = after;
            }
            owner = null;
            next = null;
            prev = null;
        }

        void insert(UleThread td) {
            int pri = upri(td);
            UleThread before = null;
            UleThread after = first;
            while (after != null && upri(after) <= pri) {
                before = after;
                after = after.umtxNext;
            }
            td.umtxPrev = before;
            td.umtxNext = after;
            if (before == null) {
                first = td;
            } else {
                before.umtxNext = td;
            }
            if (after != null) {
                after.umtxPrev = td;
            }
        }

        void remove(UleThread td) {
            UleThread after = td.umtxNext;
            UleThread before = td.umtxPrev;
            if (before == null) {
                first = after;
            } else {
                before.umtxNext = after;
            }
            if (after != null) {
                after.umtxPrev = before;
            }
            td.umtxNext = null;
            td.umtxPrev = null;
        }

        /** {@code umtx_pi_adjust_thread}: puts a waiter whose priority changed in its place. */
        void resort(UleThread td) {
            remove(td);
            insert(td);
        }
    }
}
