package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.ThreadFlags.TDF_SINTR;
import static dev.swtch.ule.kern.ThreadFlags.TDF_TIMEOUT;
import static dev.swtch.ule.kern.ThreadFlags.TDI_SLEEPING;
import static dev.swtch.ule.kern.ThreadFlags.TDS_CAN_RUN;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/** Sleep queues: who sleeps on what, and waking: sys/kern/subr_sleepqueue.c. */
final class Sleepq {
    static final int SLEEPQ_TYPE = 0xff;
    static final int SLEEPQ_SLEEP = 0;
    static final int SLEEPQ_PAUSE = 2;
    static final int SLEEPQ_INTERRUPTIBLE = 0x100;
    static final int SLEEPQ_UNFAIR = 0x200;

    static final int EINTR = 4;
    static final int EWOULDBLOCK = 35;
    static final int ERESTART = -1;

    private final UleKernel k;
    private final SleepqChain[] chains = new SleepqChain[SleepqChain.SC_TABLESIZE];

    Sleepq(UleKernel k) {
        this.k = k;
        for (int i = 0; i < chains.length; i++) {
            chains[i] = new SleepqChain(i);
        }
    }

    /** {@code SC_LOOKUP}: the chain of a channel. */
    SleepqChain chain(long wchan) {
        return chains[SleepqChain.hash(wchan)];
    }

    /** A chain by number. */
    SleepqChain chainAt(int number) {
        return chains[number];
    }

    /** {@code sleepq_lock}. */
    void sleepqLock(Cpu cpu, long wchan) {
        k.locks.mtxLockSpin(cpu, chain(wchan).lock);
    }

    /** {@code sleepq_release}; a preemption that the woken threads caused is taken here. */
    Next sleepqRelease(Cpu cpu, long wchan) {
        return k.locks.mtxUnlockSpin(cpu, chain(wchan).lock);
    }

    /**
     * The running thread joins a channel's queue; it still runs: {@code sleepq_add}, sys/kern/subr_sleepqueue.c.
     *
     * @param lock the interlock, if any
     * @param flags {@code SLEEPQ_*}: type, and whether signals end the sleep
     * @param queue which sub-queue
     */
    void sleepqAdd(Cpu cpu, long wchan, @Nullable SleepMtx lock, String wmesg, int flags, int queue) {
        UleThread td = Pcpu.curthread(cpu);
        SleepqChain sc = chain(wchan);
        sc.lock.assertOwned(cpu);
        SleepQueue own = td.sleepqueue;
        if (own == null) {
            throw cpu.violation("sleepq-add", td.name() + " joins a sleep queue but is on one");
        }
        SleepQueue sq = sc.lookup(wchan);
        if (sq == null) {
            sq = own;
            sc.queues.insertHead(sq.hash);
            sq.wchan = wchan;
            sq.lock = lock;
            sq.type = flags & SLEEPQ_TYPE;
        } else {
            checkKind(cpu, sq, flags);
            if (sq.lock != lock) {
                throw cpu.violation("sleepq-lock", "threads sleep on one channel with different interlocks");
            }
            sq.free.insertHead(own.hash);
        }
        cpu.charge(Charge.QUEUE_OP);
        k.locks.threadLock(cpu, td);
        sq.blocked(queue).insertTail(td.slpq);
        td.sleepqueue = null;
        td.sqqueue = queue;
        td.wchan = wchan;
        td.wmesg = wmesg;
        if ((flags & SLEEPQ_INTERRUPTIBLE) != 0) {
            td.intrval = 0;
            td.flags |= TDF_SINTR;
        }
        td.flags &= ~TDF_TIMEOUT;
        k.locks.threadUnlockHeld(cpu, td);
    }

    private static void checkKind(Cpu cpu, SleepQueue sq, int flags) {
        if (sq.type != (flags & SLEEPQ_TYPE)) {
            throw cpu.violation(
                    "sleepq-type", "a channel of type " + sq.type + " is used with type " + (flags & SLEEPQ_TYPE));
        }
    }

    /** Takes a thread off its queue: {@code sleepq_remove_thread}, sys/kern/subr_sleepqueue.c. */
    void sleepqRemoveThread(Cpu cpu, SleepQueue sq, UleThread td) {
        SleepqChain sc = chain(sq.wchan);
        sc.lock.assertOwned(cpu);
        k.locks.assertOwned(cpu, td);
        cpu.charge(Charge.QUEUE_OP);
        sq.blocked(td.sqqueue).remove(td.slpq);
        SleepQueue spare = sq.free.removeFirst();
        if (spare == null) {
            sc.queues.remove(sq.hash);
            sq.wchan = 0;
            sq.lock = null;
            spare = sq;
        }
        td.sleepqueue = spare;
        if ((td.flags & TDF_TIMEOUT) == 0 && td.sleeptimo != 0) {
            k.callouts.calloutStop(cpu, td);
        }
        td.wmesg = "";
        td.wchan = 0;
        td.sqqueue = -1;
        td.flags &= ~(TDF_SINTR | TDF_TIMEOUT);
    }

    /**
     * Ends a thread's sleep: {@code sleepq_resume_thread}, sys/kern/subr_sleepqueue.c, up to where it drops its last
     * lock. The chain is locked on entry and not on return.
     *
     * @return the lock that is left to be dropped
     */
    Mtx sleepqResumeThread(Cpu cpu, SleepQueue sq, UleThread td, int pri) {
        Mtx chainLock = chain(sq.wchan).lock;
        boolean drop = !td.isSleeping();
        lockAndRemove(cpu, sq, td);
        if (drop) {
            k.locks.mtxUnlockSpinHeld(cpu, chainLock);
        }
        raise(cpu, td, pri);
        if (!drop) {
            td.clrInhib(TDI_SLEEPING);
            if (td.state == TDS_CAN_RUN) {
                k.sleep.schedWakeupHoldtd(cpu, td, 0);
            }
        }
        return td.lock;
    }

    /** The same with {@code SRQ_HOLD}: the chain stays locked. */
    private void resumeThreadHold(Cpu cpu, SleepQueue sq, UleThread td, int pri) {
        boolean drop = !td.isSleeping();
        lockAndRemove(cpu, sq, td);
        raise(cpu, td, pri);
        if (drop) {
            k.locks.threadUnlockHeld(cpu, td);
            return;
        }
        td.clrInhib(TDI_SLEEPING);
        if (td.state == TDS_CAN_RUN) {
            k.sleep.schedWakeupHold(cpu, td);
        }
    }

    private void lockAndRemove(Cpu cpu, SleepQueue sq, UleThread td) {
        if (td.isSleeping()) {
            k.locks.threadLockBlockWait(cpu, td);
        } else {
            k.locks.threadLock(cpu, td);
        }
        sleepqRemoveThread(cpu, sq, td);
    }

    private void raise(Cpu cpu, UleThread td, int pri) {
        if (pri != 0 && td.priority > pri && Pri.priBase(td.priClass) == Pri.PRI_TIMESHARE) {
            k.prio.schedPrio(cpu, td, pri);
        }
    }

    /**
     * Wakes one thread of a sub-queue: {@code sleepq_signal}, sys/kern/subr_sleepqueue.c.
     *
     * <p>The best priority, the longest asleep among equals; with {@code SLEEPQ_UNFAIR} the last that is completely
     * switched out.
     */
    void sleepqSignal(Cpu cpu, long wchan, int flags, int pri, int queue) {
        SleepqChain sc = chain(wchan);
        SleepQueue sq = sc.lookup(wchan);
        if (sq == null) {
            return;
        }
        checkKind(cpu, sq, flags);
        UleThread td = (flags & SLEEPQ_UNFAIR) != 0 ? lastSwitchedOut(cpu, sc, sq, queue) : best(cpu, sq, queue);
        if (td != null) {
            resumeThreadHold(cpu, sq, td, pri);
        }
    }

    private static @Nullable UleThread best(Cpu cpu, SleepQueue sq, int queue) {
        UleThread best = sq.blocked(queue).first();
        for (UleThread td = best; best != null && td != null; td = td.slpq.next()) {
            cpu.charge(Charge.SCAN_ITEM);
            if (td.priority < best.priority) {
                best = td;
            }
        }
        return best;
    }

    private static @Nullable UleThread lastSwitchedOut(Cpu cpu, SleepqChain sc, SleepQueue sq, int queue) {
        UleThread td = sq.blocked(queue).last();
        while (td != null && td.lock != sc.lock) {
            cpu.charge(Charge.SCAN_ITEM);
            UleThread prev = td.slpq.prev();
            if (prev == null) {
                return td;
            }
            td = prev;
        }
        return td;
    }

    /** Wakes all threads of a sub-queue: {@code sleepq_broadcast}, sys/kern/subr_sleepqueue.c. */
    void sleepqBroadcast(Cpu cpu, long wchan, int flags, int pri, int queue) {
        SleepQueue sq = chain(wchan).lookup(wchan);
        if (sq == null) {
            return;
        }
        checkKind(cpu, sq, flags);
        UleThread next;
        for (UleThread td = sq.blocked(queue).first(); td != null; td = next) {
            next = td.slpq.next();
            resumeThreadHold(cpu, sq, td, pri);
        }
    }

    /** Wakes a thread if it is on the channel: {@code sleepq_remove}, sys/kern/subr_sleepqueue.c. */
    Next sleepqRemove(Cpu cpu, UleThread td, long wchan) {
        SleepqChain sc = chain(wchan);
        k.locks.mtxLockSpin(cpu, sc.lock);
        SleepQueue sq = td.wchan == wchan ? sc.lookup(wchan) : null;
        if (sq == null) {
            return k.locks.mtxUnlockSpin(cpu, sc.lock);
        }
        Mtx lock = sleepqResumeThread(cpu, sq, td, 0);
        return k.locks.mtxUnlockSpin(cpu, lock);
    }

    /**
     * Ends an interruptible sleep: {@code sleepq_abort}, sys/kern/subr_sleepqueue.c; the thread is locked.
     *
     * @return the lock that is left to be dropped
     */
    Mtx sleepqAbort(Cpu cpu, UleThread td, int value) {
        k.locks.assertOwned(cpu, td);
        if ((td.flags & TDF_TIMEOUT) != 0) {
            return td.lock;
        }
        td.intrval = value;
        SleepQueue sq = td.isSleeping() ? chain(td.wchan).lookup(td.wchan) : null;
        return sq == null ? td.lock : sleepqResumeThread(cpu, sq, td, 0);
    }

    /** A sleep's time is over: {@code sleepq_timeout}, sys/kern/subr_sleepqueue.c; in a timer interrupt. */
    void sleepqTimeout(Cpu cpu, UleThread td) {
        k.locks.threadLock(cpu, td);
        Mtx lock = td.lock;
        if (td.sleeptimo != 0 && td.sleeptimo <= k.clocks.sbinuptime(cpu) && td.onSleepq()) {
            td.flags |= TDF_TIMEOUT;
            SleepQueue sq = td.isSleeping() ? chain(td.wchan).lookup(td.wchan) : null;
            if (sq != null) {
                lock = sleepqResumeThread(cpu, sq, td, 0);
            }
        }
        k.locks.mtxUnlockSpinHeld(cpu, lock);
    }
}
