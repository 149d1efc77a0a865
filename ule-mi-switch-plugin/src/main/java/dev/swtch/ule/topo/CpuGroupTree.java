package dev.swtch.ule.topo;

import dev.swtch.machine.topology.CpuSet;
import dev.swtch.machine.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/** Builds trees of CPU groups: from the machine's topology as the x86 code does, or group by group. */
public final class CpuGroupTree {
    private static final int NODE = CpuGroupNode.CG_FLAG_NODE;

    private CpuGroupTree() {}

    /** A group without smaller groups. */
    public static CpuGroupNode leaf(int level, int flags, CpuSet cpus) {
        return new CpuGroupNode(level, flags, cpus, List.of());
    }

    /** A group made of smaller groups, whose order is kept. */
    public static CpuGroupNode group(int level, int flags, List<CpuGroupNode> children) {
        CpuSet mask = CpuSet.none(children.get(0).members().capacity());
        for (CpuGroupNode child : children) {
            CpuSet members = child.members();
            for (int cpu = members.first(); cpu >= 0; cpu = members.next(cpu + 1)) {
                mask.add(cpu);
            }
        }
        return new CpuGroupNode(level, flags, mask, children);
    }

    /**
     * The tree of a machine: {@code x86topo_add_sched_group}, sys/x86/x86/mp_x86.c.
     *
     * <p>The root shares nothing. Below it stand memory nodes, last-level caches and the private second-level caches
     * of the cores, each only where it holds fewer CPUs than the group above. A group of several CPUs on one core has
     * the SMT flag.
     */
    public static CpuGroupNode of(Topology topology) {
        return node(topology, CpuGroupNode.CG_SHARE_NONE, 0, 0, topology.cpus());
    }

    private static CpuGroupNode node(Topology topology, int level, int flags, int from, int count) {
        int nodeWidth = topology.cpus() / topology.nodes();
        int cacheWidth = topology.cores() / topology.llcs() * topology.smt();
        if (nodeWidth < count && nodeWidth > cacheWidth) {
            return split(topology, level, flags, from, count, nodeWidth, CpuGroupNode.CG_SHARE_NONE, NODE);
        }
        if (cacheWidth < count) {
            int cacheFlags = nodeWidth == cacheWidth ? NODE : 0;
            return split(topology, level, flags, from, count, cacheWidth, CpuGroupNode.CG_SHARE_L3, cacheFlags);
        }
        if (topology.smt() < count) {
            return split(topology, level, flags, from, count, topology.smt(), CpuGroupNode.CG_SHARE_L2, 0);
        }
        CpuSet cpus = CpuSet.none(topology.cpus());
        for (int cpu = from; cpu < from + count; cpu++) {
            cpus.add(cpu);
        }
        return leaf(level, count > 1 ? flags | CpuGroupNode.CG_FLAG_SMT : flags, cpus);
    }

    private static CpuGroupNode split(
            Topology topology, int level, int flags, int from, int count, int width, int childLevel, int childFlags) {
        List<CpuGroupNode> children = new ArrayList<>();
        for (int at = from; at < from + count; at += width) {
            children.add(node(topology, childLevel, childFlags, at, width));
        }
        return group(level, flags, children);
    }
}
