package dev.swtch.machine;

import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;

/** How many siblings of each core are busy, and how fast that lets them work. */
final class SmtCores {
    private final Topology topology;
    private final CostModel costs;
    private final boolean shared;
    private final int[] busy;

    SmtCores(Topology topology, CostModel costs) {
        this.topology = topology;
        this.costs = costs;
        shared = topology.smt() > 1;
        busy = new int[topology.packages() * topology.cores()];
    }

    /** Whether a core has more than one CPU: otherwise each has its own speed for good. */
    boolean areShared() {
        return shared;
    }

    /** Speed of a CPU in 1/1024 of full speed. */
    int rate(int cpu) {
        return shared ? costs.smtRate(Math.max(1, busy[topology.coreOf(cpu)])) : costs.smtRate(1);
    }

    /** A CPU became idle or busy. */
    void count(int cpu, boolean idle) {
        busy[topology.coreOf(cpu)] += idle ? -1 : 1;
    }
}
