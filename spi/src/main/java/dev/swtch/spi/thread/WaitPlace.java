package dev.swtch.spi.thread;

/** Where a runnable thread waits while it does not execute. */
public enum WaitPlace {
    /** On a queue of the kernel's thread scheduler. */
    RUN_QUEUE,
    /** On a queue of a user scheduler above it. */
    USER_QUEUE,
    /** For a lock or token that it polls while it stays runnable. */
    LOCK,
    /** Preempted in place, to go on when its preemptor leaves. */
    PREEMPTED
}
