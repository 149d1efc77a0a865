package dev.swtch.engine.run;

import dev.swtch.engine.workload.Goals;
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
 * @param idleThresholdNs the shortest time worth mentioning in which a CPU idles while a thread waits for one, ns
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
        boolean checks,
        long idleThresholdNs) {
    private static final long IDLE_THRESHOLD_NS = 10_000;

    /** Keeps the map unmodifiable. */
    public RunRequest {
        tunables = Collections.unmodifiableSortedMap(new TreeMap<>(tunables));
    }

    /** A request with the threshold for idle CPUs that the workload asks for. */
    public RunRequest(
            String column,
            SchedulerPlugin plugin,
            Map<String, Long> tunables,
            Workload workload,
            Topology topology,
            CostModel costs,
            long durationNs,
            long seed,
            boolean checks) {
        this(column, plugin, tunables, workload, topology, costs, durationNs, seed, checks, idleThresholdNs(workload));
    }

    /** What a workload asks for, or else a time longer than an idle CPU takes to wake under the default costs, ns. */
    public static long idleThresholdNs(Workload workload) {
        long asked = workload.goals().idleThresholdNs();
        return asked == Goals.NOT_SET ? IDLE_THRESHOLD_NS : asked;
    }
}
