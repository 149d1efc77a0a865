package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.swtch.engine.result.CostShare;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.Workload;
import dev.swtch.lwkt.LwktPlugin;
import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.TopologySpec;
import java.util.Map;

/** Runs workloads under the plugin, with checks on. */
final class Lab {
    static final long MS = 1_000_000;

    private Lab() {}

    static RunResult run(String machine, Workload workload, long ms) {
        return run(machine, workload, ms, Map.of());
    }

    static RunResult run(String machine, Workload workload, long ms, Map<String, Long> tunables) {
        return run(machine, workload, ms, tunables, CostModel.defaults());
    }

    /** On a machine on which nothing but work takes time. */
    static RunResult runForFree(String machine, Workload workload, long ms) {
        return run(machine, workload, ms, Map.of(), CostModel.zero());
    }

    private static RunResult run(
            String machine, Workload workload, long ms, Map<String, Long> tunables, CostModel costs) {
        RunResult result = Simulation.run(new RunRequest(
                "lwkt", new LwktPlugin(), tunables, workload, TopologySpec.parse(machine), costs, ms * MS, 1, true));
        assertEquals(null, result.fault());
        return result;
    }

    static long counter(RunResult result, String name) {
        return result.counters().stream()
                .filter(counter -> counter.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    static ThreadResult thread(RunResult result, String path) {
        return result.threads().stream()
                .filter(thread -> thread.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    /** How often an entry of the cost model was paid. */
    static long paid(RunResult result, Charge charge) {
        return result.costs().stream()
                .filter(share -> share.charge() == charge)
                .mapToLong(CostShare::count)
                .sum();
    }

    /** User work of a thread in ms, rounded down. */
    static long userMs(RunResult result, String path) {
        return thread(result, path).userNs() / MS;
    }
}
