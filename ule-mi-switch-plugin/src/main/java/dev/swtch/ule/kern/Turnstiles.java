package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SRQ_BORING;
import static dev.swtch.ule.kern.SwitchFlags.SWT_TURNSTILE;
import static dev.swtch.ule.kern.SwitchFlags.SW_VOL;
import static dev.swtch.ule.kern.ThreadFlags.TDI_LOCK;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/** Waiting for mutexes with priority inheritance: sys/kern/subr_turnstile.c. */
final class Turnstiles {
    static final int TC_TABLESIZE = 128;

    /** Mutexes lie 64 bytes apart, and the hash drops 8 bits of the address. */
    private static final int MUTEXES_PER_HASH_STEP = 4;

    private final UleKernel k;
    private final Chain[] chains = new Chain[TC_TABLESIZE];
    private final Mtx contestedLock = new Mtx("td_contested");

    /** One chain of the hash table: {@code struct turnstile_chain}. */
    static final class Chain {
        final Mtx lock;

        final Tailq<Turnstile> turnstiles = new Tailq<>();

        Chain(int number) {
            lock = new Mtx("turnstile chain " + number);
        }
    }

    Turnstiles(UleKernel k) {
        this.k = k;
        for (int i = 0; i < chains.length; i++) {
            chains[i] = new Chain(i);
        }
    }

    /** {@code TC_LOOKUP}: the chain of a mutex. */
    Chain chain(SleepMtx m) {
        return chains[m.number / MUTEXES_PER_HASH_STEP & TC_TABLESIZE - 1];
    }

    /** A chain by number. */
    Chain chainAt(int number) {
        return chains[number];
    }

    /** The turnstile of a mutex, locked; null if it has none: {@code turnstile_lookup}; the chain is locked. */
    @Nullable
    Turnstile turnstileLookup(Cpu cpu, SleepMtx m) {
        chain(m).lock.assertOwned(cpu);
        for (Turnstile ts = chain(m).turnstiles.first(); ts != null; ts = ts.hash.next()) {
            if (ts.lockobj == m) {
                k.locks.mtxLockSpin(cpu, ts.lock);
                return ts;
            }
        }
        return null;
    }

    /** Locks the chain and the turnstile to wait on, the running thread's own if need be: {@code turnstile_trywait}. */
    Turnstile turnstileTrywait(Cpu cpu, SleepMtx m) {
        k.locks.mtxLockSpin(cpu, chain(m).lock);
        Turnstile ts = turnstileLookup(cpu, m);
        if (ts == null) {
            ts = Pcpu.curthread(cpu).turnstile;
            if (ts == null) {
                throw cpu.violation("turnstile-own", "a running thread has no turnstile");
            }
            k.locks.mtxLockSpin(cpu, ts.lock);
            ts.lockobj = m;
        }
        return ts;
    }

    /**
     * The running thread waits for a mutex: {@code turnstile_wait}, sys/kern/subr_turnstile.c; chain and turnstile are
     * locked.
     */
    Next turnstileWait(Cpu cpu, Turnstile ts, SleepMtx m, UleThread owner) {
        UleThread td = Pcpu.curthread(cpu);
        Chain tc = chain(m);
        Turnstile own = td.turnstile;
        k.locks.mtxLockSpin(cpu, contestedLock);
        cpu.charge(Charge.QUEUE_OP);
        ts.insert(td);
        if (ts == own) {
            tc.turnstiles.insertHead(ts.hash);
            ts.setOwner(owner);
        } else if (own != null) {
            ts.free.insertHead(own.hash);
        }
        k.locks.mtxUnlockSpinHeld(cpu, contestedLock);
        k.locks.threadLock(cpu, td);
        k.locks.threadLockSet(cpu, td, ts.lock);
        td.turnstile = null;
        td.blocked = ts;
        td.blktick = k.ticks;
        td.setInhib(TDI_LOCK);
        k.locks.mtxUnlockSpinHeld(cpu, tc.lock);
        propagatePriority(cpu, td);
        return k.mi.miSwitch(cpu, SW_VOL | SWT_TURNSTILE);
    }

    /** Lends a waiter's priority along the chain of owners: {@code propagate_priority}, sys/kern/subr_turnstile.c. */
    private void propagatePriority(Cpu cpu, UleThread waiter) {
        k.locks.assertOwned(cpu, waiter);
        int pri = waiter.priority;
        Turnstile top = waiter.blocked;
        Turnstile ts = top;
        while (ts != null) {
            UleThread td = ts.owner();
            if (td == null) {
                break;
            }
            cpu.charge(Charge.SCAN_ITEM);
            k.locks.threadLockBlockWait(cpu, td);
            if (td.lock != ts.lock) {
                k.locks.threadLock(cpu, td);
                unlockUnlessTop(cpu, top, ts);
            }
            if (td.isSleeping()) {
                throw cpu.violation("sleeping-thread", td.name() + " sleeps and owns a mutex others wait for");
            }
            if (td.priority > pri) {
                k.prio.schedLendPrio(cpu, td, pri);
            } else {
                unlockUnlessTop(cpu, top, td);
                return;
            }
            if (td.isRunning() || td.onRunq()) {
                unlockUnlessTop(cpu, top, td);
                return;
            }
            ts = td.blocked;
            if (ts == null || !td.onLock()) {
                throw cpu.violation(
                        "owner-not-blocked", td.name() + " owns a mutex and neither runs nor waits for one");
            }
            if (!turnstileAdjustThread(cpu, ts, td)) {
                break;
            }
        }
        if (ts != null) {
            unlockUnlessTop(cpu, top, ts);
        }
    }

    /** {@code propagate_unlock_ts}. */
    private void unlockUnlessTop(Cpu cpu, @Nullable Turnstile top, Turnstile ts) {
        if (ts != top) {
            k.locks.mtxUnlockSpinHeld(cpu, ts.lock);
        }
    }

    /** {@code propagate_unlock_td}. */
    private void unlockUnlessTop(Cpu cpu, @Nullable Turnstile top, UleThread td) {
        if (top == null || td.lock != top.lock) {
            k.locks.threadUnlockHeld(cpu, td);
        }
    }

    /**
     * Puts a waiter whose priority changed in its place: {@code turnstile_adjust_thread}, sys/kern/subr_turnstile.c.
     *
     * @return false if it has been woken meanwhile
     */
    private boolean turnstileAdjustThread(Cpu cpu, Turnstile ts, UleThread td) {
        k.locks.assertOwned(cpu, td);
        if (td.turnstile != null) {
            return false;
        }
        UleThread prev = td.lockq.prev();
        UleThread next = td.lockq.next();
        if (prev != null && td.priority < prev.priority || next != null && td.priority > next.priority) {
            k.locks.mtxLockSpin(cpu, contestedLock);
            cpu.charge(Charge.QUEUE_OP);
            ts.blocked.remove(td.lockq);
            ts.insert(td);
            k.locks.mtxUnlockSpinHeld(cpu, contestedLock);
        }
        return true;
    }

    /** A waiter's priority changed: {@code turnstile_adjust}, sys/kern/subr_turnstile.c; the waiter is locked. */
    void turnstileAdjust(Cpu cpu, UleThread td, int oldpri) {
        Turnstile ts = td.blocked;
        if (ts == null) {
            throw cpu.violation("turnstile-adjust", td.name() + " is blocked on a lock but on no turnstile");
        }
        ts.lock.assertOwned(cpu);
        if (!turnstileAdjustThread(cpu, ts, td)) {
            return;
        }
        if (td == ts.firstWaiter() && td.priority < oldpri) {
            propagatePriority(cpu, td);
        }
    }

    /**
     * The running thread has given a mutex up: every waiter gets a turnstile back and is made runnable: {@code
     * turnstile_broadcast} and {@code turnstile_unpend}, sys/kern/subr_turnstile.c. Chain and turnstile are locked; the
     * chain stays so.
     */
    void turnstileBroadcastUnpend(Cpu cpu, Turnstile ts) {
        UleThread me = Pcpu.curthread(cpu);
        SleepMtx m = ts.lockobj;
        if (m == null || ts.owner() != me) {
            throw cpu.violation("turnstile-owner", me.name() + " wakes the waiters of a mutex it does not own");
        }
        Chain tc = chain(m);
        for (UleThread td = ts.firstWaiter(); td != null; td = td.lockq.next()) {
            Turnstile spare = ts.free.removeFirst();
            if (spare == null) {
                tc.turnstiles.remove(ts.hash);
                spare = ts;
            }
            td.turnstile = spare;
        }
        ts.lockobj = null;
        k.locks.threadLock(cpu, me);
        k.locks.mtxLockSpin(cpu, contestedLock);
        ts.clearOwner();
        int pri = turnstileCalcUnlendPrioLocked(cpu, me);
        k.locks.mtxUnlockSpinHeld(cpu, contestedLock);
        k.prio.schedUnlendPrio(cpu, me, pri);
        k.locks.threadUnlockHeld(cpu, me);
        for (UleThread td = ts.firstWaiter(); td != null; td = ts.firstWaiter()) {
            cpu.charge(Charge.QUEUE_OP);
            ts.blocked.remove(td.lockq);
            k.locks.threadLockBlockWait(cpu, td);
            td.clrInhib(TDI_LOCK);
            td.blocked = null;
            td.blktick = 0;
            k.sched.schedAddHold(cpu, td, SRQ_BORING);
        }
        k.locks.mtxUnlockSpinHeld(cpu, ts.lock);
    }

    /** What the waiters of the other mutexes still lend: {@code turnstile_calc_unlend_prio_locked}. */
    private static int turnstileCalcUnlendPrioLocked(Cpu cpu, UleThread td) {
        int pri = Pri.PRI_MAX;
        for (Turnstile ts = td.contested.first(); ts != null; ts = ts.nextContested()) {
            cpu.charge(Charge.SCAN_ITEM);
            UleThread first = ts.firstWaiter();
            if (first != null && first.priority < pri) {
                pri = first.priority;
            }
        }
        return pri;
    }
}
