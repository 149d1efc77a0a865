package dev.swtch.engine.trace.replay;

/** What a task did next; kept with its value in one long. */
enum Act {
    /** Used a CPU for so many ns. */
    RUN,
    /** Woke a task; the value is the wake-up's number. */
    WAKE,
    /** Waited until it was woken; the value is the wake-up's number. */
    WAIT,
    /** Was away for so many ns, nobody knows why. */
    SLEEP,
    /** Was given another priority. */
    PRIO;

    private static final int BITS = 3;
    private static final Act[] ALL = values();

    long with(long value) {
        return value << BITS | ordinal();
    }

    static Act of(long entry) {
        return ALL[(int) entry & (1 << BITS) - 1];
    }

    static long valueOf(long entry) {
        return entry >> BITS;
    }
}
