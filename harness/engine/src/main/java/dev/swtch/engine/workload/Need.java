package dev.swtch.engine.workload;

/**
 * What a workload asks of a scheduler beyond running, sleeping and waking threads. Finer than the capabilities of a
 * plugin, so that the report can say what was asked.
 */
public enum Need {
    /** A user mutex with priority inheritance. */
    USER_PI_MUTEX,
    /** Kernel mutexes. */
    KERNEL_MUTEX,
    /** Serializers: locks given up while their holder sleeps. */
    SERIALIZER,
    /** Spin locks. */
    SPIN_LOCK,
    /** Critical sections. */
    CRITICAL_SECTION,
    /** The realtime class. */
    REALTIME_CLASS,
    /** The idle class. */
    IDLE_CLASS,
    /** Threads without user mode. */
    KERNEL_THREAD,
    /** Threads created while the workload runs. */
    FORK,
    /** Nice values other than 0. */
    NICE,
    /** Threads restricted to some CPUs. */
    AFFINITY,
    /** A thread that ties itself to a CPU for a while. */
    BIND,
    /** Stopping and continuing a thread from outside. */
    SIGNAL_STOP,
    /** Interrupts that threads send to CPUs. */
    IPI,
    /** Devices that interrupt. */
    DEVICE,
    /** Handlers that run in a thread of their own instead of in the interrupt. */
    THREADED_INTERRUPT,
    /** CPUs that start later than the first. */
    LATE_CPUS
}
