package dev.swtch.machine;

/** What a machine calls: the entry points of the kernel that runs on it. */
public interface Kernel {
    /**
     * An interrupt or IPI is taken.
     *
     * <p>Runs on the stack of the current context, above the frame that returns to what was interrupted. Whether
     * that was user mode tells {@link Cpu#interruptedUser}.
     *
     * @param cpu the CPU that takes it
     * @param vector one of {@link Vector}
     * @param arrival the situation in which the vector arrived
     * @return how the path ended
     */
    Next interrupt(Cpu cpu, int vector, Arrival arrival);

    /**
     * A CPU starts: it has no context yet and must load its first by {@link Cpu#load}.
     *
     * @param cpu the CPU that starts
     * @return how the path ended
     */
    Next start(Cpu cpu);
}
