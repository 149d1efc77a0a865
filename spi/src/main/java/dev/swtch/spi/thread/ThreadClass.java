package dev.swtch.spi.thread;

/** To which family of threads a thread belongs; a plugin maps it to its kernel's classes and priorities. */
public enum ThreadClass {
    /** Ordinary user threads that share the CPU, favoured by {@link ThreadSpec#nice}. */
    TIMESHARE,
    /** User threads that run before all timeshare ones, ordered by {@link ThreadSpec#rank}. */
    REALTIME,
    /** User threads that run when nothing else wants the CPU. */
    IDLE,
    /** Threads of the kernel. */
    KERNEL,
    /** Threads that serve an interrupt. */
    INTERRUPT,
    /** What a CPU runs when it has nothing to run; one per CPU, made by the plugin. */
    CPU_IDLE;

    /** Whether threads of this class ever run in user mode. */
    public boolean isUser() {
        return this == TIMESHARE || this == REALTIME || this == IDLE;
    }
}
