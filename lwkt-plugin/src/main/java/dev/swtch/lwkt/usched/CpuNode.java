package dev.swtch.lwkt.usched;

import dev.swtch.lwkt.sys.Cpumask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code cpu_node_t}, sys/kern/subr_cpu_topology.c: a group of CPUs in the tree machine, chips, cores, threads.
 *
 * @param members its CPUs
 * @param children groups it is made of; empty for a single CPU
 */
public record CpuNode(Cpumask members, List<CpuNode> children) {
    /** Keeps the children unmodifiable. */
    public CpuNode {
        children = List.copyOf(children);
    }

    /**
     * {@code build_cpu_topology}, sys/kern/subr_cpu_topology.c: groups with one child are kept; cores are left out if
     * they have one thread, and chips' cores if there is one per chip.
     */
    public static CpuNode build(int chips, int cores, int threads) {
        int[] widths = threads > 1
                ? new int[] {cores * threads, threads, 1}
                : cores > 1 ? new int[] {cores, 1} : new int[] {1};
        return group(0, chips * cores * threads, widths, 0);
    }

    private static CpuNode group(int first, int count, int[] widths, int level) {
        Cpumask members = new Cpumask();
        members.addRange(first, count);
        if (level == widths.length) {
            return new CpuNode(members, List.of());
        }
        int width = widths[level];
        CpuNode[] children = new CpuNode[count / width];
        for (int i = 0; i < children.length; i++) {
            children[i] = group(first + i * width, width, widths, level + 1);
        }
        return new CpuNode(members, List.of(children));
    }

    /** {@code get_cpu_node_by_cpuid}: the first node in pre-order that is exactly the CPU; null if there is none. */
    @Nullable
    CpuNode find(int cpuid) {
        if (!members.has(cpuid)) {
            return null;
        }
        if (members.count() == 1) {
            return this;
        }
        for (CpuNode child : children) {
            CpuNode found = child.find(cpuid);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The nodes from {@link #find} on up to this one, which has the CPU. */
    List<CpuNode> groupsOf(int cpuid) {
        List<CpuNode> groups = new ArrayList<>();
        CpuNode node = this;
        groups.add(node);
        while (node.members.count() > 1) {
            node = node.childWith(cpuid);
            groups.add(0, node);
        }
        return groups;
    }

    private CpuNode childWith(int cpuid) {
        for (CpuNode child : children) {
            if (child.has(cpuid)) {
                return child;
            }
        }
        throw new IllegalStateException(
                "no part of " + members.lowest() + " to " + members.highest() + " has " + cpuid);
    }

    /** The lowest member but one; -1 if there is no other. */
    int firstBut(int cpuid) {
        int first = members.lowest();
        return first == cpuid ? members.next(cpuid + 1) : first;
    }

    /** {@code CPUMASK_TESTMASK} with one CPU: whether it is a member; -1 stands for none. */
    boolean has(int cpuid) {
        return cpuid >= 0 && members.has(cpuid);
    }
}
