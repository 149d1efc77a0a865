package dev.swtch.cli.e2e;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.TopologySpec;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.PluginKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The schedulers of real kernels as the program finds them, and runs on them with checks on. */
final class Kernels {
    private Kernels() {}

    static List<SchedulerPlugin> found() {
        return all().stream()
                .filter(plugin -> plugin.descriptor().kind() == PluginKind.KERNEL)
                .toList();
    }

    /** Every scheduler that comes with the program. */
    static List<SchedulerPlugin> all() {
        return ServiceLoader.load(SchedulerPlugin.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted((a, b) -> a.descriptor().id().compareTo(b.descriptor().id()))
                .toList();
    }

    static RunResult run(SchedulerPlugin plugin, Workload workload, String cpus, CostModel costs, long durationNs) {
        return Simulation.run(new RunRequest(
                plugin.descriptor().id(),
                plugin,
                Map.of(),
                workload,
                TopologySpec.parse(cpus),
                costs,
                durationNs,
                workload.seed(),
                true));
    }

    /** Threads that got equally far under two schedulers but did not do the same. */
    static List<String> disagreements(RunResult one, RunResult other) {
        Map<String, ThreadResult> byPath = new TreeMap<>();
        one.threads().forEach(thread -> byPath.put(thread.path(), thread));
        List<String> differing = new ArrayList<>();
        for (ThreadResult thread : other.threads()) {
            ThreadResult same = byPath.get(thread.path());
            if (same != null && same.steps() == thread.steps() && same.stepHash() != thread.stepHash()) {
                differing.add(thread.path());
            }
        }
        return differing;
    }
}
