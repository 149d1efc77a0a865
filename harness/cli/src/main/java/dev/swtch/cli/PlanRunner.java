package dev.swtch.cli;

import dev.swtch.engine.discovery.CapabilityCheck;
import dev.swtch.engine.discovery.Column;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.workload.Workload;
import dev.swtch.report.ColumnRuns;
import dev.swtch.report.Comparison;
import dev.swtch.report.Verdicts;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
        List<Workload> workloads = plan.seeds().stream()
                .map(seed -> plan.workload().seed() == seed
                        ? plan.workload()
                        : plan.workload().withSeed(seed))
                .toList();
        int threads = Math.min(
                Runtime.getRuntime().availableProcessors(), plan.columns().size() * workloads.size());
        ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, threads), PlanRunner::thread);
        try {
            List<List<Future<RunResult>>> pending = new ArrayList<>();
            for (Column column : plan.columns()) {
                pending.add(start(plan, column, workloads, executor));
            }
            List<ColumnRuns> columns = new ArrayList<>();
            for (int i = 0; i < pending.size(); i++) {
                Column column = plan.columns().get(i);
                columns.add(new ColumnRuns(column.name(), column.tunables(), results(pending.get(i))));
            }
            return new Comparison(plan.setup(), columns, Verdicts.of(plan.workload(), columns, plan.seeds()));
        } finally {
            executor.shutdownNow();
        }
    }

    private List<Future<RunResult>> start(
            Plan plan, Column column, List<Workload> workloads, ExecutorService executor) {
        List<Future<RunResult>> runs = new ArrayList<>();
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
                    plan.checks());
            runs.add(executor.submit(() -> runOrLeaveOut(request, column)));
        }
        return runs;
    }

    private RunResult runOrLeaveOut(RunRequest request, Column column) {
        String because = CapabilityCheck.explain(
                request.plugin(), request.workload(), request.topology().cpus());
        if (!because.isEmpty()) {
            return UnmeasuredRuns.excluded(column.name(), column.plugin().descriptor(), because);
        }
        try {
            return simulator.run(request);
        } catch (RuntimeException | LinkageError thrown) {
            if (Boolean.getBoolean("swtch.trace")) {
                throw thrown;
            }
            return UnmeasuredRuns.broken(column.name(), column.plugin().descriptor(), thrown);
        }
    }

    private static List<RunResult> results(List<Future<RunResult>> pending) {
        List<RunResult> results = new ArrayList<>();
        for (Future<RunResult> run : pending) {
            try {
                results.add(run.get());
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof Error error) {
                    throw error;
                }
                throw new IllegalStateException(failed.getCause());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted");
            }
        }
        return results;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "simulation");
        thread.setDaemon(true);
        return thread;
    }
}
