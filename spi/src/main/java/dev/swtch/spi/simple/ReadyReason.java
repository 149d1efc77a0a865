package dev.swtch.spi.simple;

/** Why a thread is handed to {@link Policy#enqueue}. */
public enum ReadyReason {
    /** It is new. */
    RELEASED,
    /** Its wait ended. */
    WOKEN,
    /** It was running, and a thread that should run instead took its CPU. */
    PREEMPTED,
    /** It was running, and its slice ended. */
    EXPIRED,
    /** It was running, and offered its CPU to others. */
    YIELDED,
    /** Its nice value, class, rank or set of CPUs changed. */
    CHANGED
}
