package dev.swtch.spi.plugin;

/**
 * Something a workload may need of a scheduler.
 *
 * <p>A plugin supports all of these unless its descriptor lists what it lacks. A scheduler that lacks what a
 * workload needs is left out of the comparison, and the report says so and why.
 */
public enum Capability {
    /** Realtime user threads. */
    REALTIME_CLASS,
    /** User threads that run only when nothing else wants the CPU. */
    IDLE_CLASS,
    /** Restricting a thread to a set of CPUs, and changing that set. */
    AFFINITY,
    /** A thread in the kernel moving itself to one CPU and staying there. */
    BIND,
    /** User mutexes that lend their waiters' priority to the owner. */
    USER_MUTEX_INHERITANCE,
    /** Mutexes taken by kernel code. */
    KERNEL_MUTEX,
    /** A lock that is dropped while its holder sleeps. */
    SERIALIZER,
    /** Critical sections and spin locks as steps of a workload. */
    CRITICAL_SECTION,
    /** Stopping and continuing another thread. */
    STOP,
    /** Devices with fast or threaded interrupts. */
    DEVICES,
    /** Knowing the future: remaining work and next arrival. Only reference and bound plugins have it. */
    CLAIRVOYANT
}
