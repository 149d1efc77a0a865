package dev.swtch.spi.timer;

/**
 * A periodic clock of one CPU: knows when it is due next and how many periods passed, and never drifts.
 *
 * <p>The engine never ticks: a plugin builds its clocks on the CPU's one-shot timer, which it arms for the earliest of
 * all that is due.
 */
public final class PeriodicClock {
    private final long periodNs;
    private long nextNs;

    /**
     * A clock that is due first at {@code firstNs}.
     *
     * @param periodNs at least 1
     * @param firstNs first time it is due
     */
    public PeriodicClock(long periodNs, long firstNs) {
        if (periodNs < 1) {
            throw new IllegalArgumentException("a period is at least 1 ns: " + periodNs);
        }
        this.periodNs = periodNs;
        this.nextNs = firstNs;
    }

    /** When it is due next, in ns. */
    public long nextNs() {
        return nextNs;
    }

    /** Its period in ns. */
    public long periodNs() {
        return periodNs;
    }

    /** Number of times it fell due up to now and was not taken; it is then due in the future. */
    public long takeDue(long nowNs) {
        if (nowNs < nextNs) {
            return 0;
        }
        if (nowNs - nextNs < periodNs) {
            nextNs += periodNs;
            return 1;
        }
        long due = (nowNs - nextNs) / periodNs + 1;
        nextNs += due * periodNs;
        return due;
    }
}
