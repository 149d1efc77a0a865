package dev.swtch.engine.workload;

/**
 * Something that arrives from outside, compiled: what happens each time, as indices into the tables of the
 * {@link Workload}, each -1 if it does not happen.
 *
 * @param spec its source form
 * @param key key of its random streams; those of the threads it makes are {@link Streams#childKey}
 * @param fork entry of the thread table of which a thread is made
 * @param posted semaphore that is posted
 * @param taken semaphore of which one is taken for it
 * @param woken condition whose waiters go on
 */
public record ArrivalEntry(ArrivalSpec spec, long key, int fork, int posted, int taken, int woken) {
    /** A clock at its beginning. */
    public ArrivalClock clock() {
        return new ArrivalClock(spec, key);
    }

    /** Path of a thread it makes, which depends on nothing else. */
    public String path(ThreadEntry pattern, long number) {
        return spec.name() + ">" + pattern.path() + "/" + number;
    }
}
