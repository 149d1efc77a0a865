package dev.swtch.machine.trace;

/** Receives trace events; called on the hot path, so it neither formats nor allocates. */
@FunctionalInterface
public interface TraceSink {
    /**
     * One event.
     *
     * @param kind what happened
     * @param timeNs the CPU's cursor
     * @param cpu the CPU it happened on
     * @param a first argument, as the kind says
     * @param b second argument
     */
    void event(TraceKind kind, long timeNs, int cpu, long a, long b);
}
