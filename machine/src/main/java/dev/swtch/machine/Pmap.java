package dev.swtch.machine;

import dev.swtch.machine.topology.CpuSet;

/**
 * An address space: the set of CPUs that may hold translations of it, and a number that tags them.
 *
 * <p>CPUs enter and leave the set by {@link Cpu#activate} and {@link Cpu#deactivate}.
 */
public final class Pmap {
    final CpuSet active;
    private final int id;

    /**
     * Makes an address space that is active nowhere.
     *
     * @param id number that tags its translations; 0 is the kernel's own
     * @param cpus number of CPUs of the machine
     */
    public Pmap(int id, int cpus) {
        this.id = id;
        this.active = CpuSet.none(cpus);
    }

    /** The number that tags its translations. */
    public int id() {
        return id;
    }

    /** Whether the CPU may hold translations of this address space. */
    public boolean isActive(int cpu) {
        return active.contains(cpu);
    }
}
