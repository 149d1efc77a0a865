package dev.swtch.engine.run;

import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import dev.swtch.spi.SchedulerPlugin;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that decides a run: equal requests give equal results, byte for byte.
 *
 * @param column name of the column the result fills
 * @param plugin the scheduler
 * @param tunables values that differ from the plugin's defaults
 * @param workload what is run
 * @param topology the machine's CPUs
 * @param costs the machine's prices
 * @param durationNs simulated time after which the run ends, at least 1
 * @param seed the seed of all random draws
 * @param checks whether rules are checked after each path
 */
public record RunRequest(
        String column,
        SchedulerPlugin plugin,
        Map<String, Long> tunables,
        Workload workload,
        Topology topology,
        CostModel costs,
        long durationNs,
        long seed,
        boolean checks) {
    /** Keeps the map unmodifiable. */
    public RunRequest {
        tunables = Collections.unmodifiableSortedMap(new TreeMap<>(tunables));
    }
}
