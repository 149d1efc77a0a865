package dev.swtch.machine;

/** What a CPU's time went to; the parts of a CPU sum to the time passed. */
public enum Usage {
    /** Before the CPU was started, or while stopped. */
    OFF,
    /** User work. */
    USER,
    /** Kernel-mode work that the workload asked for. */
    KERNEL_WORK,
    /** Work lost to cold caches. */
    COLD,
    /** Kernel paths. */
    KERNEL,
    /** Looking for something another CPU has to do. */
    SPIN,
    /** Nothing to do. */
    IDLE
}
