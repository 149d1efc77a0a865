package dev.swtch.machine.cost;

/** A named property of the hardware in ns that nobody pays for as kernel work: latencies, cold caches, limits. */
public enum Delay {
    /** From sending an IPI to its arrival at an SMT sibling. */
    IPI_CORE(300),
    /** From sending an IPI to its arrival under the same last-level cache. */
    IPI_LLC(500),
    /** From sending an IPI to its arrival in the same package. */
    IPI_PACKAGE(700),
    /** From sending an IPI to its arrival in another package. */
    IPI_NODE(1_200),
    /** From sending an IPI to its arrival in another memory node. */
    IPI_REMOTE(1_500),
    /** From an interrupt to the first instruction of a halted CPU. */
    HALT_EXIT(1_000),
    /** From a store to the first instruction of a CPU that monitors the line. */
    MONITOR_EXIT(300),
    /** Work owed by a context that comes back to its CPU after another ran there long enough to evict it. */
    COLD_SELF(3_000),
    /** Work owed after moving to an SMT sibling. */
    COLD_CORE(1_000),
    /** Work owed after moving under the same last-level cache. */
    COLD_LLC(5_000),
    /** Work owed after moving within the package. */
    COLD_PACKAGE(12_000),
    /** Work owed after moving to another package. */
    COLD_NODE(20_000),
    /** Work owed after moving to another memory node. */
    COLD_REMOTE(30_000),
    /** Time away after which a context's own cache is wholly cold. */
    COOLING(1_000_000),
    /** Length of a kernel path after which a loop in it parks itself. */
    PATH_LIMIT(2_000);

    private final long defaultNs;

    Delay(long defaultNs) {
        this.defaultNs = defaultNs;
    }

    /** The default in ns. */
    public long defaultNs() {
        return defaultNs;
    }
}
