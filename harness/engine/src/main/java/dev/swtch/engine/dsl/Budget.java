package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Place;

/** How large a workload may become, whatever a small file makes of macros, instances and loops. */
final class Budget {
    /** Most steps, counting those of macros and of instances that differ each time. */
    static final int MOST_STEPS = 1_000_000;

    /** Most threads at the start. */
    static final int MOST_THREADS = 1_000_000;

    /** Most threads that one fork step may create during a run by its loops alone. */
    static final long MOST_FORKS = 10_000_000;

    private int steps;
    private int threads;

    void step(Place place) {
        if (++steps > MOST_STEPS) {
            throw new Unreadable(
                    place,
                    "the workload has more than " + MOST_STEPS + " steps, counting those of macros and instances");
        }
    }

    void thread(Place place) {
        if (++threads > MOST_THREADS) {
            throw new Unreadable(place, "the workload has more than " + MOST_THREADS + " threads");
        }
    }
}
