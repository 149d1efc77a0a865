package dev.swtch.engine.workload;

import dev.swtch.machine.topology.CpuSet;
import dev.swtch.machine.topology.Topology;

/** A number below 0 in an affinity stands for all CPUs of a node of the machine, which only a run knows. */
public final class NodeRef {
    private NodeRef() {}

    /** The number that stands for a node. */
    public static int of(int node) {
        return ~node;
    }

    /** Whether a number of an affinity stands for a node. */
    public static boolean isNode(int number) {
        return number < 0;
    }

    /** The node a number stands for. */
    public static int node(int number) {
        return ~number;
    }

    /** The CPUs of a machine that an affinity names. */
    public static CpuSet resolve(int[] affinity, Topology topology) {
        CpuSet cpus = CpuSet.none(topology.cpus());
        for (int number : affinity) {
            if (!isNode(number)) {
                cpus.add(number);
                continue;
            }
            for (int cpu = 0; cpu < topology.cpus(); cpu++) {
                if (topology.nodeOf(cpu) == node(number)) {
                    cpus.add(cpu);
                }
            }
        }
        return cpus;
    }
}
