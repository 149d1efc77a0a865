package dev.swtch.machine;

import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.cost.Delay;
import dev.swtch.machine.topology.Distance;
import dev.swtch.machine.topology.Topology;

/** What the distance between two CPUs costs: how long an IPI travels, and what a context that moves finds cold. */
final class Interconnect {
    private final Topology topology;
    private final long[] ipiLatency = new long[Distance.values().length];
    private final long[] coldNs = new long[Distance.values().length];
    private final long cooling;

    Interconnect(Topology topology, CostModel costs) {
        this.topology = topology;
        ipiLatency[Distance.CORE.ordinal()] = costs.delay(Delay.IPI_CORE);
        ipiLatency[Distance.LLC.ordinal()] = costs.delay(Delay.IPI_LLC);
        ipiLatency[Distance.PACKAGE.ordinal()] = costs.delay(Delay.IPI_PACKAGE);
        ipiLatency[Distance.NODE.ordinal()] = costs.delay(Delay.IPI_NODE);
        ipiLatency[Distance.REMOTE.ordinal()] = costs.delay(Delay.IPI_REMOTE);
        coldNs[Distance.SELF.ordinal()] = costs.delay(Delay.COLD_SELF);
        coldNs[Distance.CORE.ordinal()] = costs.delay(Delay.COLD_CORE);
        coldNs[Distance.LLC.ordinal()] = costs.delay(Delay.COLD_LLC);
        coldNs[Distance.PACKAGE.ordinal()] = costs.delay(Delay.COLD_PACKAGE);
        coldNs[Distance.NODE.ordinal()] = costs.delay(Delay.COLD_NODE);
        coldNs[Distance.REMOTE.ordinal()] = costs.delay(Delay.COLD_REMOTE);
        cooling = costs.delay(Delay.COOLING);
    }

    /** From sending an IPI to its arrival, in ns. */
    long ipiLatency(int from, int to) {
        return ipiLatency[topology.distance(from, to).ordinal()];
    }

    /** Work in ns that a context owes which worked on one CPU, was away so long and goes on on another or the same. */
    long coldDebt(int from, int to, long awayNs) {
        Distance distance = topology.distance(from, to);
        long full = coldNs[distance.ordinal()];
        if (distance == Distance.SELF && awayNs < cooling) {
            return full * awayNs / cooling;
        }
        return full;
    }
}
