package dev.swtch.machine;

/** What a CPU does between two paths. */
public enum CpuState {
    /** Not started yet. */
    OFF,
    /** Runs the work of its context, in user or kernel mode. */
    RUNNING,
    /** In a kernel path that parked itself and goes on at its cursor. */
    PATH,
    /** Looks again and again for something another CPU has to do; busy. */
    SPINNING,
    /** Idle, looking in a loop: notices a store at its next look. */
    POLLING,
    /** Idle, waiting on a monitored line: a store or an interrupt wakes it. */
    MONITORING,
    /** Idle, halted: only an interrupt wakes it. */
    HALTED,
    /** Stopped until another CPU starts it again. */
    STOPPED;

    /** Whether a CPU in this state has nothing to do. */
    public boolean isIdle() {
        return this == POLLING || this == MONITORING || this == HALTED;
    }
}
