package dev.swtch.ule.kern;

/** Sees what the kernel counts, in the order in which it happens. */
public interface Probes {
    /** Sees nothing. */
    Probes NONE = new Probes() {};

    /** {@code mi_switch} was entered with these flags. */
    default void miSwitch(int cpu, UleThread td, int flags) {}

    /** {@code ipi_cpu} was called, even if the IPI was pending. */
    default void ipiCpu(int from, int to, int ipi) {}

    /** A sleep's callout is run. */
    default void callout(UleThread td) {}

    /** One of ULE's own statistics was counted. */
    default void stat(SchedStat stat) {}
}
