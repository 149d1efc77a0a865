package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/** Mutexes that spin while their owner runs and block while it does not: sys/kern/kern_mutex.c. */
final class KernMutex {
    private final UleKernel k;
    private final Frame<SleepMtx> MTX_LOCK_LOOP = new Frame<>("MTX_LOCK_LOOP", this::lockLoop);

    KernMutex(UleKernel k) {
        this.k = k;
    }

    /** {@code mtx_lock}. */
    Next mtxLock(Cpu cpu, SleepMtx m) {
        cpu.charge(Charge.ATOMIC);
        UleThread td = Pcpu.curthread(cpu);
        if (m.owner == null) {
            m.owner = td;
            return Next.RETURN;
        }
        return mtxLockSleep(cpu, td, m);
    }

    /** The lock was not free: {@code __mtx_lock_sleep}, sys/kern/kern_mutex.c. */
    private Next mtxLockSleep(Cpu cpu, UleThread td, SleepMtx m) {
        if (m.isOwnedBy(td)) {
            if (!m.recursable) {
                throw cpu.violation("mtx-recurse", td.name() + " takes a mutex it owns, which may not be recursed");
            }
            m.recurse++;
            return Next.RETURN;
        }
        return lockLoop(cpu, m, 0, 0);
    }

    /**
     * One round of the loop of {@code __mtx_lock_sleep}; entered again by each look of a spinning CPU, and when the
     * thread has been woken.
     */
    private Next lockLoop(Cpu cpu, SleepMtx m, int a, long b) {
        UleThread td = Pcpu.curthread(cpu);
        td.spinning = null;
        UleThread owner = m.owner;
        if (owner == null) {
            cpu.charge(Charge.ATOMIC);
            m.owner = td;
            return Next.RETURN;
        }
        if (owner.isRunning()) {
            td.spinning = m;
            cpu.push(MTX_LOCK_LOOP, m);
            return cpu.spin();
        }
        // Nothing changes while the turnstile is locked, so the kernel's second looks at the word are left out.
        Turnstile ts = k.turnstiles.turnstileTrywait(cpu, m);
        cpu.charge(Charge.ATOMIC);
        m.contested = true;
        cpu.push(MTX_LOCK_LOOP, m);
        return k.turnstiles.turnstileWait(cpu, ts, m, owner);
    }

    /**
     * {@code _mtx_trylock_flags_int}, sys/kern/kern_mutex.c.
     *
     * <p>An owner that tries again succeeds only while the word has no flag: not once it is recursed or contested.
     */
    boolean mtxTrylock(Cpu cpu, SleepMtx m) {
        cpu.charge(Charge.ATOMIC);
        UleThread td = Pcpu.curthread(cpu);
        if (m.owner == null) {
            m.owner = td;
            return true;
        }
        if (m.isOwnedBy(td) && m.recursable && m.recurse == 0 && !m.contested) {
            m.recurse++;
            return true;
        }
        return false;
    }

    /** {@code mtx_unlock}; may lose the CPU to a thread it wakes. */
    Next mtxUnlock(Cpu cpu, SleepMtx m) {
        if (unlockUncontested(cpu, m)) {
            return Next.RETURN;
        }
        unlockContested(cpu, m);
        return k.locks.mtxUnlockSpin(cpu, k.turnstiles.chain(m).lock);
    }

    /** {@link #mtxUnlock} where no preemption can be taken. */
    void mtxUnlockHeld(Cpu cpu, SleepMtx m) {
        if (!unlockUncontested(cpu, m)) {
            unlockContested(cpu, m);
            k.locks.mtxUnlockSpinHeld(cpu, k.turnstiles.chain(m).lock);
        }
    }

    private static boolean unlockUncontested(Cpu cpu, SleepMtx m) {
        cpu.charge(Charge.ATOMIC);
        UleThread td = Pcpu.curthread(cpu);
        if (!m.isOwnedBy(td)) {
            throw cpu.violation("mtx-owner", td.name() + " releases a mutex it does not own");
        }
        if (m.recurse != 0) {
            m.recurse--;
            return true;
        }
        if (!m.contested) {
            m.owner = null;
            return true;
        }
        return false;
    }

    /** {@code __mtx_unlock_sleep}, sys/kern/kern_mutex.c: wakes all waiters; returns with the chain locked. */
    private void unlockContested(Cpu cpu, SleepMtx m) {
        k.locks.mtxLockSpin(cpu, k.turnstiles.chain(m).lock);
        m.owner = null;
        m.contested = false;
        Turnstile ts = k.turnstiles.turnstileLookup(cpu, m);
        if (ts == null) {
            throw cpu.violation("mtx-turnstile", "a contested mutex has no waiters");
        }
        k.turnstiles.turnstileBroadcastUnpend(cpu, ts);
    }
}
