package dev.swtch.machine.topology;

import java.util.ArrayList;
import java.util.List;

/**
 * A regular machine: packages of cores of SMT siblings, numbered depth first, siblings adjacent.
 *
 * @param packages number of packages
 * @param cores cores per package
 * @param smt SMT siblings per core
 * @param llcs last-level caches per package; divides the cores
 * @param nodes memory nodes of the machine; divides the packages, or the other way round
 */
public record Topology(int packages, int cores, int smt, int llcs, int nodes) {
    /** Most CPUs a machine may have. */
    public static final int MAX_CPUS = 1024;

    /** Checks the counts. */
    public Topology {
        if (packages < 1 || cores < 1 || smt < 1 || llcs < 1 || nodes < 1) {
            throw new IllegalArgumentException("every count is at least 1");
        }
        if ((long) packages * cores * smt > MAX_CPUS) {
            throw new IllegalArgumentException("at most " + MAX_CPUS + " CPUs, found " + (long) packages * cores * smt);
        }
        if (cores % llcs != 0) {
            throw new IllegalArgumentException(llcs + " last-level caches do not divide " + cores + " cores evenly");
        }
        if (nodes > packages || packages % nodes != 0) {
            throw new IllegalArgumentException(nodes + " memory nodes do not divide " + packages + " packages evenly");
        }
    }

    /** A machine with one last-level cache per package and one memory node. */
    public static Topology of(int packages, int cores, int smt) {
        return new Topology(packages, cores, smt, 1, 1);
    }

    /** Number of CPUs. */
    public int cpus() {
        return packages * cores * smt;
    }

    /** The package of a CPU. */
    public int packageOf(int cpu) {
        return cpu / (cores * smt);
    }

    /** The core of a CPU, counted over the whole machine. */
    public int coreOf(int cpu) {
        return cpu / smt;
    }

    /** The last-level cache of a CPU, counted over the whole machine. */
    public int llcOf(int cpu) {
        return cpu / (cores / llcs * smt);
    }

    /** The memory node of a CPU. */
    public int nodeOf(int cpu) {
        return packageOf(cpu) / (packages / nodes);
    }

    /** How far apart two CPUs stand. */
    public Distance distance(int a, int b) {
        if (a == b) {
            return Distance.SELF;
        }
        if (coreOf(a) == coreOf(b)) {
            return Distance.CORE;
        }
        if (llcOf(a) == llcOf(b)) {
            return Distance.LLC;
        }
        if (packageOf(a) == packageOf(b)) {
            return Distance.PACKAGE;
        }
        return nodeOf(a) == nodeOf(b) ? Distance.NODE : Distance.REMOTE;
    }

    /** The machine as a tree of groups; levels that would hold a single group of the same members are left out. */
    public CpuGroup tree() {
        return group(CpuGroup.Level.MACHINE, 0, cpus());
    }

    private CpuGroup group(CpuGroup.Level level, int from, int count) {
        CpuSet members = CpuSet.none(cpus());
        for (int cpu = from; cpu < from + count; cpu++) {
            members.add(cpu);
        }
        CpuGroup.Level[] levels = CpuGroup.Level.values();
        for (int below = level.ordinal() + 1; below < levels.length; below++) {
            int width = width(levels[below]);
            if (width > 1 && width < count) {
                List<CpuGroup> children = new ArrayList<>();
                for (int at = from; at < from + count; at += width) {
                    children.add(group(levels[below], at, width));
                }
                return new CpuGroup(level, members, children);
            }
        }
        return new CpuGroup(level, members, List.of());
    }

    private int width(CpuGroup.Level level) {
        return switch (level) {
            case MACHINE -> cpus();
            case NODE -> cpus() / nodes;
            case PACKAGE -> cores * smt;
            case LLC -> cores / llcs * smt;
            case CORE -> smt;
        };
    }

    /** The specification that {@link TopologySpec#parse} reads back. */
    @Override
    public String toString() {
        String text = packages + "x" + cores + "x" + smt;
        return text + (llcs > 1 ? "/llc=" + llcs : "") + (nodes > 1 ? "/nodes=" + nodes : "");
    }
}
