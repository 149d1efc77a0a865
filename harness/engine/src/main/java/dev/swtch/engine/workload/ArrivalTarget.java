package dev.swtch.engine.workload;

import org.jspecify.annotations.Nullable;

/** What happens when something arrives from outside. */
public sealed interface ArrivalTarget {
    /** A thread is made of a kind and released. */
    record Fork(String thread) implements ArrivalTarget {}

    /**
     * A semaphore is posted.
     *
     * @param semaphore the semaphore
     * @param taken a semaphore from which one is taken for it, or null; without one to take it is turned away
     */
    record Post(String semaphore, @Nullable String taken) implements ArrivalTarget {}

    /** All threads that wait on a condition, or are suspended at it, go on; lost if there are none. */
    record Wake(String condition) implements ArrivalTarget {}
}
