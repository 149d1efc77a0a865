package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/**
 * Spin mutexes and the lock that protects a thread, which changes with the thread's state: sys/kern/kern_mutex.c.
 *
 * <p>Deviation: paths run one after another in the host, so a lock pointer never changes while it is waited for, and a
 * thread is seen with {@code blocked_lock} by nobody but the CPU that switches it out. What remains of both waits is
 * their time.
 */
final class ThreadLock {
    /** Protects threads in transit between two locks; nobody can take it. */
    final Mtx blockedLock = new Mtx("blocked lock");

    private final UleKernel k;

    ThreadLock(UleKernel k) {
        this.k = k;
    }

    /** {@code mtx_lock_spin}. */
    void mtxLockSpin(Cpu cpu, Mtx m) {
        k.critical.spinlockEnter(cpu);
        m.lock.lock(cpu);
    }

    /** {@code mtx_trylock_spin}. */
    boolean mtxTrylockSpin(Cpu cpu, Mtx m) {
        k.critical.spinlockEnter(cpu);
        if (m.lock.tryLock(cpu)) {
            return true;
        }
        k.critical.spinlockExitHeld(cpu);
        return false;
    }

    /** {@code mtx_unlock_spin}; may lose the CPU. */
    Next mtxUnlockSpin(Cpu cpu, Mtx m) {
        m.lock.unlock(cpu);
        return k.critical.spinlockExit(cpu);
    }

    /** {@link #mtxUnlockSpin} where no preemption can be taken. */
    void mtxUnlockSpinHeld(Cpu cpu, Mtx m) {
        m.lock.unlock(cpu);
        k.critical.spinlockExitHeld(cpu);
    }

    /** {@code thread_lock}. */
    void threadLock(Cpu cpu, UleThread td) {
        k.critical.spinlockEnter(cpu);
        threadLockBlockWait(cpu, td);
        td.lock.lock.lock(cpu);
    }

    /** {@code thread_unlock}; may lose the CPU. */
    Next threadUnlock(Cpu cpu, UleThread td) {
        return mtxUnlockSpin(cpu, td.lock);
    }

    /** {@link #threadUnlock} where no preemption can be taken. */
    void threadUnlockHeld(Cpu cpu, UleThread td) {
        mtxUnlockSpinHeld(cpu, td.lock);
    }

    /** {@code THREAD_LOCK_ASSERT(td, MA_OWNED)}. */
    void assertOwned(Cpu cpu, UleThread td) {
        td.lock.assertOwned(cpu);
    }

    /** {@code thread_lock_block}: the thread's lock is returned, still owned. */
    Mtx threadLockBlock(Cpu cpu, UleThread td) {
        Mtx lock = td.lock;
        lock.assertOwned(cpu);
        td.lock = blockedLock;
        return lock;
    }

    /** {@code thread_lock_unblock}. */
    void threadLockUnblock(Cpu cpu, UleThread td, Mtx newLock) {
        newLock.assertOwned(cpu);
        if (td.lock != blockedLock) {
            throw cpu.violation("thread-lock-unblock", td.name() + " is not blocked but protected by " + td.lock);
        }
        td.lock = newLock;
    }

    /** {@code thread_lock_block_wait}: until the CPU that switches the thread out has saved it. */
    void threadLockBlockWait(Cpu cpu, UleThread td) {
        if (td.lock == blockedLock) {
            throw cpu.violation("blocked-lock", td.name() + " is in transit on a CPU whose path is over");
        }
        if (td.savedAt() > cpu.now()) {
            cpu.waitUntil(td.savedAt(), Charge.HANDOFF_WAIT);
        }
    }

    /** {@code thread_lock_set}: both locks are owned; the old one is released. */
    void threadLockSet(Cpu cpu, UleThread td, Mtx newLock) {
        newLock.assertOwned(cpu);
        Mtx lock = td.lock;
        lock.assertOwned(cpu);
        td.lock = newLock;
        mtxUnlockSpinHeld(cpu, lock);
    }
}
