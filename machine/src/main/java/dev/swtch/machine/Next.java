package dev.swtch.machine;

/**
 * How a piece of a kernel path ended; only ever returned, never stored, tested or followed by anything.
 *
 * <p>A call that returns {@code Next} may lose the CPU. It therefore stands in tail position: what is left to do
 * afterwards was pushed as a {@link Frame} before the call. Only the machine's run loop pops.
 */
public enum Next {
    /** The function has returned to whoever is on top of the current stack, perhaps another context's. */
    RETURN,
    /** The path is over at this instant; the CPU is in the state that was set. */
    REST
}
