package dev.swtch.machine.topology;

import java.util.List;

/**
 * A group of CPUs that share something, and the groups it is made of.
 *
 * @param level what the members share
 * @param members the CPUs of the group
 * @param children smaller groups that together hold the members, in CPU order; empty for a leaf
 */
public record CpuGroup(Level level, CpuSet members, List<CpuGroup> children) {
    /** What the members of a group share, from the whole machine down to one core. */
    public enum Level {
        /** The whole machine. */
        MACHINE,
        /** A memory node. */
        NODE,
        /** A package. */
        PACKAGE,
        /** A last-level cache. */
        LLC,
        /** A core, whose members are SMT siblings. */
        CORE
    }

    /** Keeps the children unmodifiable. */
    public CpuGroup {
        children = List.copyOf(children);
    }
}
