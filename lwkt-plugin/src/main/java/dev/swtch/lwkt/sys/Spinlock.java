package dev.swtch.lwkt.sys;

import dev.swtch.machine.SpinLock;

/** {@code struct spinlock}: its holder is in a critical section; unlocking does not look for what waited. */
public final class Spinlock {
    private final SpinLock lock = new SpinLock();

    /** Makes a free lock. */
    public Spinlock() {}

    /** {@code spin_lock}. */
    public void lock(Globaldata gd) {
        gd.spinLockEffects();
        lock.lock(gd.cpu);
    }

    /** {@code spin_trylock}. */
    public boolean trylock(Globaldata gd) {
        gd.spinLockEffects();
        if (lock.tryLock(gd.cpu)) {
            return true;
        }
        gd.spinUnlockEffects();
        return false;
    }

    /** {@code spin_unlock}. */
    public void unlock(Globaldata gd) {
        lock.unlock(gd.cpu);
        gd.spinUnlockEffects();
    }
}
