package dev.swtch.spi;

/** Why the running thread gives up its CPU on request of the workload. */
public enum SwitchReason {
    /** It offers the CPU to others and stays runnable: {@code sched_yield}. */
    YIELD(true),
    /** It waits for something the harness keeps; {@link ScheduleContract#wake} ends the wait. */
    BLOCK(true);

    private final boolean voluntary;

    SwitchReason(boolean voluntary) {
        this.voluntary = voluntary;
    }

    /** Whether the thread asked for it or cannot run. */
    public boolean isVoluntary() {
        return voluntary;
    }
}
