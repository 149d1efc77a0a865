package dev.swtch.cli;

import dev.swtch.engine.discovery.Column;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import dev.swtch.report.Comparison;
import java.util.List;

/**
 * What to run: one workload, on each column once per seed.
 *
 * @param workload the workload
 * @param columns schedulers with their settings
 * @param bounds further ones, run once each, to hold the columns against
 * @param topology the machine's CPUs
 * @param costs the machine's prices
 * @param durationNs simulated time after which a run ends
 * @param seeds seeds of the runs
 * @param checks whether rules are checked
 * @param idleThresholdNs the shortest time worth mentioning in which a CPU idles while a thread waits, ns
 */
record Plan(
        Workload workload,
        List<Column> columns,
        List<Column> bounds,
        Topology topology,
        CostModel costs,
        long durationNs,
        List<Long> seeds,
        boolean checks,
        long idleThresholdNs) {
    /** Keeps the lists unmodifiable. */
    Plan {
        columns = List.copyOf(columns);
        bounds = List.copyOf(bounds);
        seeds = List.copyOf(seeds);
    }

    /** What the report says about all columns. */
    Comparison.Setup setup() {
        return new Comparison.Setup(
                workload.name(), workload.about(), topology.toString(), durationNs, seeds, costs.name(), checks);
    }
}
