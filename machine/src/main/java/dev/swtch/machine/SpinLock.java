package dev.swtch.machine;

import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/**
 * A spin lock: remembers from when to when it was held last, so that a path that comes meanwhile waits, pays, and is
 * counted.
 *
 * <p>Paths run in host order, each at its own cursor; {@link #lock} moves the cursor of the comer to the instant of
 * the last release. A comer whose cursor lies before that hold does not wait: it was there first, and would otherwise
 * be late by the whole path of the other. A lock that stays held when its path ends is tried with {@link #tryLock} from
 * a spinning state.
 */
public final class SpinLock {
    private long heldFrom;
    private long freeAt;
    private long contended;
    private @Nullable Cpu holder;

    /** Makes a free lock. */
    public SpinLock() {}

    /** Takes the lock, waiting for its release if it is held at the cursor; no path that is over may hold it. */
    public void lock(Cpu cpu) {
        if (holder != null) {
            throw cpu.violation(
                    "spin-lock-held", "a spin lock held by cpu" + holder.id() + " was taken without waiting");
        }
        if (heldFrom <= cpu.now() && cpu.now() < freeAt) {
            contended++;
            cpu.waitUntil(freeAt, Charge.LOCK_WAIT);
        }
        heldFrom = cpu.now();
        cpu.charge(Charge.LOCK);
        holder = cpu;
    }

    /** Takes the lock if no path holds it; false, without waiting, if one does. */
    public boolean tryLock(Cpu cpu) {
        if (holder != null) {
            contended++;
            cpu.charge(Charge.LOCK);
            return false;
        }
        lock(cpu);
        return true;
    }

    /** Releases the lock; only the CPU that holds it. */
    public void unlock(Cpu cpu) {
        if (holder != cpu) {
            throw cpu.violation("spin-lock-owner", "a spin lock was released by a CPU that does not hold it");
        }
        holder = null;
        freeAt = cpu.now();
    }

    /** Whether the CPU holds the lock. */
    public boolean isHeldBy(Cpu cpu) {
        return holder == cpu;
    }

    /** Whether any CPU holds the lock. */
    public boolean isHeld() {
        return holder != null;
    }

    /** How often a comer had to wait. */
    public long contended() {
        return contended;
    }
}
