package dev.swtch.engine.workload;

/** What a thread can wait for without giving up its CPU. */
public enum SpinTarget {
    /** A semaphore, which is taken. */
    SEMAPHORE,
    /** A barrier, at which the thread arrives first. */
    BARRIER
}
