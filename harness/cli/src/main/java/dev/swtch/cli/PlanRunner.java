package dev.swtch.cli;

import dev.swtch.engine.discovery.Column;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.workload.Workload;
import dev.swtch.report.Bounds;
import dev.swtch.report.ColumnRuns;
import dev.swtch.report.Comparison;
import dev.swtch.report.Verdicts;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a plan. Runs share nothing, so they take as many host threads as there are processors; results are put together
 * in the plan's order, whichever run ends first.
 */
final class PlanRunner {
    private final Simulator simulator;

    @Inject
    PlanRunner(Simulator simulator) {
        this.simulator = simulator;
    }

    /** All runs of a plan, side by side. */
    Comparison run(Plan plan) {
        return run(plan, simulator, Runtime.getRuntime().availableProcessors());
    }

    /** All runs of a plan, one at a time, with what each costs the host on standard error. */
    Comparison runAndTell(Plan plan, Terminal terminal) {
        return run(plan, new HostFigures(terminal, simulator), 1);
    }

    private static Comparison run(Plan plan, Simulator simulator, int threads) {
        List<Workload> workloads = plan.seeds().stream()
                .map(seed -> plan.workload().seed() == seed
                        ? plan.workload()
                        : plan.workload().withSeed(seed))
                .toList();
        try (HostThreads host = new HostThreads(threads)) {
            List<List<HostThreads.Pending>> pending = new ArrayList<>();
            for (Column column : plan.columns()) {
                pending.add(start(plan, column, workloads, host, simulator));
            }
            List<HostThreads.Pending> bounds = new ArrayList<>();
            for (Column column : plan.bounds()) {
                bounds.addAll(start(plan, column, workloads.subList(0, 1), host, simulator));
            }
            List<ColumnRuns> columns = new ArrayList<>();
            for (int i = 0; i < pending.size(); i++) {
                Column column = plan.columns().get(i);
                columns.add(new ColumnRuns(column.name(), column.tunables(), host.results(pending.get(i))));
            }
            return new Comparison(
                    plan.setup(),
                    columns,
                    bounds(plan, workloads.get(0), host.results(bounds)),
                    Verdicts.of(plan.workload(), columns, plan.seeds()));
        }
    }

    private static Bounds bounds(Plan plan, Workload workload, List<RunResult> runs) {
        return plan.bounds().isEmpty() ? Bounds.NONE : Bounds.of(runs, workload, plan.topology(), plan.durationNs());
    }

    private static List<HostThreads.Pending> start(
            Plan plan, Column column, List<Workload> workloads, HostThreads host, Simulator simulator) {
        List<HostThreads.Pending> runs = new ArrayList<>();
        for (int i = 0; i < workloads.size(); i++) {
            RunRequest request = new RunRequest(
                    column.name(),
                    column.plugin().plugin(),
                    column.tunables(),
                    workloads.get(i),
                    plan.topology(),
                    plan.costs(),
                    plan.durationNs(),
                    plan.seeds().get(i),
                    plan.checks(),
                    plan.idleThresholdNs());
            runs.add(host.start(new WatchedRun(request, column, simulator)));
        }
        return runs;
    }
}
