package dev.swtch.engine.trace.stat;

/**
 * How long a task that could run was kept waiting; a re-implementation of what {@code perf sched latency} counts. One
 * deviation: a task preempted in the kernel ({@code R+}) counts as runnable from then on, as one preempted elsewhere does;
 * perf 6.1 has no letter for that state and takes it for a sleep.
 */
final class Delays {
    private enum State {
        /** Not seen yet. */
        UNSEEN,
        ASLEEP,
        /** A waker has found it, but it is on no queue yet. */
        WAKING,
        RUNNABLE,
        ON_CPU
    }

    private State state = State.UNSEEN;
    private long sinceNs;
    private long count;
    private long totalNs;
    private long mostNs;

    /** The waker's event: counts until the one of the queue comes, if that is recorded at all. */
    void waking(long nowNs) {
        if (state == State.UNSEEN || state == State.ASLEEP) {
            state = State.WAKING;
            sinceNs = nowNs;
        }
    }

    /** A wake-up counts only for a task that sleeps: one that is still on its way to sleep is not delayed. */
    void woken(long nowNs) {
        if (state == State.UNSEEN || state == State.ASLEEP || state == State.WAKING) {
            state = State.RUNNABLE;
            sinceNs = nowNs;
        }
    }

    void left(boolean runnable, long nowNs) {
        state = runnable ? State.RUNNABLE : State.ASLEEP;
        sinceNs = nowNs;
    }

    /** A task that is seen for the first time counts as one that just became runnable. */
    void came(long nowNs) {
        if (state == State.UNSEEN) {
            woken(nowNs);
        }
        if (state == State.RUNNABLE || state == State.WAKING) {
            long delayNs = nowNs - sinceNs;
            count++;
            totalNs += delayNs;
            mostNs = Math.max(mostNs, delayNs);
            state = State.ON_CPU;
        }
    }

    long count() {
        return count;
    }

    long totalNs() {
        return totalNs;
    }

    long mostNs() {
        return mostNs;
    }
}
