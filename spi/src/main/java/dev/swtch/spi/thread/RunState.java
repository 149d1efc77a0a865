package dev.swtch.spi.thread;

/** Whether a thread could use a CPU, as measured alike for every scheduler. */
public enum RunState {
    /** Made, not yet released. */
    NEW,
    /** Runs or could run. */
    RUNNABLE,
    /** Waits for something that is not a CPU. */
    BLOCKED,
    /** Has left for good. */
    EXITED
}
