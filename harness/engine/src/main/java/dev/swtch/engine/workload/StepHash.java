package dev.swtch.engine.workload;

/**
 * The running hash over the steps a thread has taken. Two runs whose hashes agree after the same number of steps did the
 * same work; this is how a result shows that two schedulers were given identical workloads.
 */
public final class StepHash {
    /** The hash of a thread that has not taken a step. */
    public static final long START = 0x5357544348L;

    private StepHash() {}

    /**
     * Adds one step.
     *
     * @param hash the hash so far
     * @param step where the step stands in the program's code
     * @param value the value the step drew (a time in ns, a count), 0 if it draws none
     * @return the hash with the step; depends on the order of steps
     */
    public static long add(long hash, int step, long value) {
        return Streams.mix(Streams.mix(hash + step + 1) ^ value);
    }
}
