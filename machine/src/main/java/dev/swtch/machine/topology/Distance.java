package dev.swtch.machine.topology;

/** How far apart two CPUs stand: the nearest thing they share. */
public enum Distance {
    /** The same CPU. */
    SELF,
    /** SMT siblings of one core. */
    CORE,
    /** Cores under one last-level cache. */
    LLC,
    /** One package, different last-level caches. */
    PACKAGE,
    /** One memory node or board, different packages. */
    NODE,
    /** Different memory nodes. */
    REMOTE
}
