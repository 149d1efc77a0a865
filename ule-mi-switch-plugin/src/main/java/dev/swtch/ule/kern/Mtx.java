package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.SpinLock;

/** A spin mutex: {@code struct mtx} of class {@code MTX_SPIN}; threads are known by which one protects them. */
final class Mtx {
    final SpinLock lock = new SpinLock();
    private final String name;

    Mtx(String name) {
        this.name = name;
    }

    /** Fails unless the CPU owns the mutex: {@code mtx_assert(m, MA_OWNED)}. */
    void assertOwned(Cpu cpu) {
        if (!lock.isHeldBy(cpu)) {
            throw cpu.violation("mtx-owned", "the spin mutex " + name + " is not owned by the CPU");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
