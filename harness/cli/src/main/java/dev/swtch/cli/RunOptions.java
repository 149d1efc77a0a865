package dev.swtch.cli;

import dev.swtch.engine.discovery.BadChoiceException;
import dev.swtch.engine.discovery.CostFile;
import dev.swtch.engine.discovery.MachineChoice;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Times;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that say on what machine, how long and how often to run. */
final class RunOptions {
    /** Simulated time after which a workload without an end of its own is cut off. */
    private static final long LONGEST_NS = 60_000_000_000L;

    private static final int CPUS = 4;

    private static final int MOST_SEEDS = 10_000;

    @Option(
            names = "--cpus",
            paramLabel = "MACHINE",
            description = {
                "The machine: a number of CPUs, PACKAGESxCORESxSMT[/llc=PER_PACKAGE][/nodes=N], or a file that"
                        + " 'lscpu -J' wrote. Default: what the workload says or requires, or else 4 CPUs."
            })
    private @Nullable String cpus;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Simulated time after which a run ends: 500ms, 2s. Default: the workload's own; one that runs"
                    + " until all its threads exit is cut off after 60s.")
    private @Nullable Long durationNs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all random draws; the same seed gives the same bytes. Default: the workload's own.")
    private @Nullable Long seed;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Runs N seeds from --seed on and shows medians, ranges and, with --baseline, paired"
                    + " differences. Default: ${DEFAULT-VALUE}.")
    private int seeds = 1;

    @Option(
            names = "--costs",
            paramLabel = "COSTS",
            description = "What kernel work costs: default, zero (everything is free), or a file with lines such as"
                    + " 'ipi_send = 120' in ns that change the default. Default: zero if the workload requires it, or"
                    + " else default.")
    private @Nullable String costs;

    @Option(
            names = "--check",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Checks after every kernel path that the scheduler keeps the rules; on unless --no-check.")
    private boolean checks = true;

    @Option(
            names = "--idle-threshold",
            paramLabel = "TIME",
            converter = Durations.class,
            description =
                    "The shortest time worth mentioning in which a CPU idles while a thread waits that is allowed on"
                            + " it: 1ns, 50us. Default: what the workload measures, or else 10us.")
    private @Nullable Long idleThresholdNs;

    Topology topology(Workload workload) {
        return MachineChoice.of(machine(workload));
    }

    private String machine(Workload workload) {
        if (cpus != null) {
            return cpus;
        }
        return workload.goals().requires().machine(workload.cpus() > 0 ? workload.cpus() : CPUS);
    }

    CostModel costModel(Workload workload) {
        return CostFile.named(costs(workload));
    }

    private String costs(Workload workload) {
        if (costs != null) {
            return costs;
        }
        return workload.goals().requires().zeroCosts() ? "zero" : "default";
    }

    long durationNs(Workload workload) {
        if (durationNs != null) {
            return durationNs;
        }
        return workload.durationNs() == Workload.UNTIL_ALL_EXIT
                ? LONGEST_NS
                : Math.min(workload.durationNs(), Durations.LIMIT_NS - 1);
    }

    /** A run that ends before it is warm measures nothing. */
    Optional<Diagnostic> checkWarmup(Workload workload) {
        long warmupNs = workload.goals().warmupNs();
        return warmupNs < durationNs(workload)
                ? Optional.empty()
                : Optional.of(new Diagnostic(
                        null,
                        "the run would end before the warm-up of " + workload.name(),
                        "a --duration longer than " + Times.format(warmupNs),
                        Times.format(durationNs(workload)),
                        null));
    }

    List<Long> seeds(Workload workload) {
        if (seeds < 1 || seeds > MOST_SEEDS) {
            throw new BadChoiceException("--seeds: expected 1 to " + MOST_SEEDS + ", found " + seeds);
        }
        long first = seed == null ? workload.seed() : seed;
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
            all.add(first + i);
        }
        return all;
    }

    long idleThresholdNs(Workload workload) {
        return idleThresholdNs == null ? RunRequest.idleThresholdNs(workload) : idleThresholdNs;
    }

    boolean checks() {
        return checks;
    }

    /** The options that give one of the runs again, each after a blank. */
    String forOneRun(Workload workload, long durationOfRunNs, long seedOfRun) {
        return " --cpus " + Shell.quoted(machine(workload)) + " --duration " + Times.format(durationOfRunNs)
                + " --seed " + seedOfRun
                + (costs(workload).equals("default") ? "" : " --costs " + Shell.quoted(costs(workload)))
                + (checks ? "" : " --no-check");
    }
}
