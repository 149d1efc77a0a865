package dev.swtch.ule.topo;

import dev.swtch.machine.topology.CpuSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group of CPUs that share something: {@code struct cpu_group}, sys/sys/smp.h. */
public final class CpuGroupNode {
    /** Nothing is shared. */
    public static final int CG_SHARE_NONE = 0;

    /** A first-level cache is shared. */
    public static final int CG_SHARE_L1 = 1;

    /** A second-level cache is shared. */
    public static final int CG_SHARE_L2 = 2;

    /** A third-level cache is shared. */
    public static final int CG_SHARE_L3 = 3;

    /** Number of cache levels; a thread's affinity to all of them expires together. */
    public static final int MAX_CACHE_LEVELS = CG_SHARE_L3;

    /** The members are hardware threads of the older kind. */
    public static final int CG_FLAG_HTT = 1;

    /** The members are hardware threads of one core. */
    public static final int CG_FLAG_SMT = 2;

    /** The members are hardware threads of either kind. */
    public static final int CG_FLAG_THREAD = CG_FLAG_HTT | CG_FLAG_SMT;

    /** The group is a memory node. */
    public static final int CG_FLAG_NODE = 4;

    private final CpuSet mask;
    private final int[] cpus;
    private final int level;
    private final int flags;
    private final CpuGroupNode[] children;
    private @Nullable CpuGroupNode parent;

    CpuGroupNode(int level, int flags, CpuSet mask, List<CpuGroupNode> children) {
        this.level = level;
        this.flags = flags;
        this.mask = mask.copy();
        this.children = children.toArray(new CpuGroupNode[0]);
        for (CpuGroupNode child : this.children) {
            child.parent = this;
        }
        cpus = new int[mask.size()];
        int cpu = -1;
        for (int i = 0; i < cpus.length; i++) {
            cpu = mask.next(cpu + 1);
            cpus[i] = cpu;
        }
    }

    /** Whether a CPU belongs to the group. */
    public boolean contains(int cpu) {
        return mask.contains(cpu);
    }

    /** Number of CPUs: {@code cg_count}. */
    public int count() {
        return cpus.length;
    }

    /** One of its CPUs, from 0 for the lowest, {@code cg_first}, to that of {@code cg_last}. */
    public int cpu(int i) {
        return cpus[i];
    }

    /** What is shared, {@code CG_SHARE_*}: {@code cg_level}. */
    public int level() {
        return level;
    }

    /** Whether the members are hardware threads of one core. */
    public boolean isThreadGroup() {
        return (flags & CG_FLAG_THREAD) != 0;
    }

    /** Whether the group is a memory node. */
    public boolean isNode() {
        return (flags & CG_FLAG_NODE) != 0;
    }

    /** Number of smaller groups: {@code cg_children}. */
    public int childCount() {
        return children.length;
    }

    /** A smaller group: {@code cg_child[i]}. */
    public CpuGroupNode child(int i) {
        return children[i];
    }

    /** The next larger group, null for the root: {@code cg_parent}. */
    public @Nullable CpuGroupNode parent() {
        return parent;
    }

    /** The leaf that holds a CPU: {@code smp_topo_find}, sys/kern/subr_smp.c. */
    public CpuGroupNode find(int cpu) {
        CpuGroupNode group = this;
        for (int i = 0; i < group.children.length; i++) {
            if (group.children[i].contains(cpu)) {
                group = group.children[i];
                i = -1;
            }
        }
        return group;
    }

    /** The CPUs of the group; a copy. */
    public CpuSet members() {
        return mask.copy();
    }
}
