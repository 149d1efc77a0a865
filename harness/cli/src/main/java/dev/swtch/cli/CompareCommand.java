package dev.swtch.cli;

import dev.swtch.engine.discovery.BadChoiceException;
import dev.swtch.engine.discovery.Column;
import dev.swtch.engine.discovery.Columns;
import dev.swtch.engine.discovery.Plugins;
import dev.swtch.engine.discovery.TunableValues;
import dev.swtch.engine.result.Fault;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.bundled.BundledWorkloads;
import dev.swtch.report.ColumnRuns;
import dev.swtch.report.Comparison;
import dev.swtch.report.ComparisonTable;
import dev.swtch.report.FaultText;
import dev.swtch.report.JsonExport;
import dev.swtch.report.TableOptions;
import dev.swtch.report.Verdicts;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swtch compare}: the same work on several schedulers, side by side. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        versionProvider = SwtchCommand.Version.class,
        sortOptions = false,
        description = {
            "Runs each workload on each scheduler and shows them side by side: work done, how long threads waited and"
                    + " where, switches, migrations, what the kernel's own time went into, and what to look at.",
            "The same work arrives at the same instants everywhere, so columns compare; the same arguments give the"
                    + " same bytes."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  swtch compare",
            "      the bundled workload 'mixed' on both kernels",
            "  swtch compare audio --schedulers lwkt,ule --baseline lwkt --seeds 10",
            "      with the differences to lwkt and their spread",
            "  swtch compare hog-interactive --schedulers ule,ule:preempt_thresh=0:slice=20",
            "      one scheduler under two settings, each a column",
            "  swtch compare my-rt-app.json --cpus 2x8x2/llc=2 --costs zero --json result.json",
            "      a workload of your own on a larger machine where the kernel costs nothing",
            "  generate-workload | swtch compare -",
            "      a workload from another program",
            "",
            "Exit codes: 0 done (a stall included), 1 an expectation failed, 2 bad input,",
            "3 a scheduler broke a rule, 4 stalled under --strict."
        })
final class CompareCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    private final Terminal terminal;
    private final WorkloadSources sources;
    private final PlanRunner runner;

    @Parameters(
            arity = "0..*",
            paramLabel = "WORKLOAD",
            description = "Workload files (native YAML, rt-app's JSON, or a recorded trace), names of bundled"
                    + " workloads, or - for standard input. Default: " + BundledWorkloads.DEFAULT + ".")
    private List<String> workloads = new ArrayList<>();

    @Option(
            names = "--schedulers",
            paramLabel = "LIST",
            description = "The columns, separated by commas: ID or ID:TUNABLE=VALUE[:TUNABLE=VALUE...]."
                    + " Default: the schedulers of real kernels; all: the textbook ones too.")
    private @Nullable String schedulers;

    @Option(
            names = "--set",
            paramLabel = "ID.TUNABLE=VALUE",
            description = "Sets a tunable in all columns of a scheduler; may be given several times.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--baseline",
            paramLabel = "COLUMN",
            description = "Shows the other columns' differences to this one.")
    private @Nullable String baseline;

    @Option(
            names = "--bounds",
            description =
                    "Also runs the textbook policies and bounds, once each, computes processor sharing and fair share"
                            + " from the workload, and shows a row for each beside the schedulers.")
    private boolean bounds;

    @Mixin
    private final RunOptions runOptions;

    @Option(
            names = "--strict",
            description = "Refuses what is doubtful in a workload instead of warning, and exits with 4 on a stall.")
    private boolean strict;

    @Option(
            names = {"-v", "--verbose"},
            description = "Also shows each thread, by what means each scheduler serves the workload, and rarer numbers;"
                    + " and on standard error what each run costs the host in time and memory.")
    private boolean verbose;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also writes everything that was measured to this file; - writes it to standard output in"
                    + " place of the tables.")
    private @Nullable Path json;

    @Option(names = "--color", paramLabel = "WHEN", description = "Colours: auto, always or never. Default: auto.")
    private ColorChoice color = ColorChoice.AUTO;

    @Mixin
    private final RtAppSwitches rtApp = new RtAppSwitches();

    @Mixin
    private final SchedulerOptions schedulerOptions;

    @Inject
    CompareCommand(
            Terminal terminal,
            WorkloadSources sources,
            PlanRunner runner,
            RunOptions runOptions,
            SchedulerOptions schedulerOptions) {
        this.terminal = terminal;
        this.sources = sources;
        this.runner = runner;
        this.runOptions = runOptions;
        this.schedulerOptions = schedulerOptions;
    }

    @Override
    public Integer call() {
        Plugins plugins = schedulerOptions.find();
        List<Column> columns = columns(plugins);
        List<Column> others = bounds ? Columns.bounds(plugins, columns) : List.of();
        checkJson();
        List<String> names = workloads.isEmpty() ? List.of(BundledWorkloads.DEFAULT) : workloads;
        List<Plan> plans = new ArrayList<>();
        for (String name : names) {
            long before = System.nanoTime();
            Workload workload = sources.get(name, rtApp.options(strict));
            if (verbose) {
                HostFigures.compiled(terminal, workload, System.nanoTime() - before);
            }
            tellDoubts(name, Columns.doubts(workload, plugins));
            plans.add(plan(workload, columns, others));
        }
        List<Comparison> comparisons = new ArrayList<>();
        boolean failed = false;
        for (int i = 0; i < plans.size(); i++) {
            Plan plan = plans.get(i);
            Comparison comparison = verbose ? runner.runAndTell(plan, terminal) : runner.run(plan);
            comparisons.add(comparison);
            if (!isJsonAlone()) {
                print(comparison, names.get(i), plans.get(i), i > 0);
                terminal.out().print(Verdicts.text(comparison));
                terminal.out().flush();
            }
            failed |= Verdicts.isAnyUnmet(comparison);
        }
        writeJson(comparisons);
        return exitCode(comparisons, failed);
    }

    private void tellDoubts(String name, List<Diagnostic> doubts) {
        if (strict && !doubts.isEmpty()) {
            throw new BadInputException(name, doubts);
        }
        sources.warn(doubts);
    }

    private List<Column> columns(Plugins plugins) {
        Map<String, SortedMap<String, Long>> values = TunableValues.parse(settings, plugins);
        List<Column> columns =
                schedulers == null ? Columns.byDefault(plugins, values) : Columns.parse(schedulers, plugins, values);
        List<String> names = columns.stream().map(Column::name).toList();
        if (baseline != null && !names.contains(baseline)) {
            throw BadChoiceException.unknown("column in --baseline", baseline, names);
        }
        return columns;
    }

    private Plan plan(Workload workload, List<Column> columns, List<Column> others) {
        Plan plan = new Plan(
                workload,
                columns,
                others,
                runOptions.topology(workload),
                runOptions.costModel(workload),
                runOptions.durationNs(workload),
                runOptions.seeds(workload),
                runOptions.checks(),
                runOptions.idleThresholdNs(workload));
        List<Diagnostic> misfits = new ArrayList<>(workload.misfits(plan.topology()));
        workload.goals().requires().unmet(plan.topology(), plan.costs()).ifPresent(misfits::add);
        runOptions.checkWarmup(workload).ifPresent(misfits::add);
        if (!misfits.isEmpty()) {
            throw new BadInputException(workload.name(), misfits);
        }
        return plan;
    }

    private void print(Comparison comparison, String name, Plan plan, boolean further) {
        boolean colour = color.isOn(terminal);
        StringBuilder text = new StringBuilder(further ? "\n" + "=".repeat(100) + "\n\n" : "");
        text.append(ComparisonTable.text(comparison, new TableOptions(baseline, verbose, colour)));
        for (int i = 0; i < plan.columns().size(); i++) {
            ColumnRuns runs = comparison.columns().get(i);
            for (int run = 0; run < runs.runs().size(); run++) {
                RunResult result = runs.runs().get(run);
                Fault fault = result.fault();
                if (fault != null) {
                    long seed = plan.seeds().get(run);
                    String again = "swtch compare " + Shell.quoted(name) + " --schedulers "
                            + Shell.quoted(plan.columns().get(i).spec())
                            + runOptions.forOneRun(plan.workload(), plan.durationNs(), seed)
                            + (strict ? " --strict" : "") + rtApp.asGiven() + schedulerOptions.asGiven();
                    text.append(FaultText.of(result.column(), seed, fault, again, colour));
                    break;
                }
            }
        }
        terminal.out().print(text);
        terminal.out().flush();
    }

    private boolean isJsonAlone() {
        return json != null && json.toString().equals(STANDARD_OUTPUT);
    }

    /** Better told before the runs than after. */
    private void checkJson() {
        if (json != null && !isJsonAlone()) {
            Path folder = json.toAbsolutePath().getParent();
            if (Files.isDirectory(json) || folder == null || !Files.isDirectory(folder)) {
                throw new BadChoiceException("--json " + json + ": expected a file in a directory that exists, found "
                        + (Files.isDirectory(json) ? "a directory" : "no directory " + folder));
            }
        }
    }

    private void writeJson(List<Comparison> comparisons) {
        if (isJsonAlone()) {
            terminal.out().print(JsonExport.text(comparisons));
            terminal.out().flush();
        } else if (json != null) {
            try {
                JsonExport.write(comparisons, json);
            } catch (IOException unwritable) {
                throw new BadChoiceException(
                        "--json " + json + ": the file cannot be written: " + unwritable.getMessage());
            }
        }
    }

    private int exitCode(List<Comparison> comparisons, boolean failed) {
        if (comparisons.stream().anyMatch(comparison -> comparison.any(Outcome.PANIC))) {
            return ExitCode.PANIC;
        }
        if (failed) {
            return ExitCode.EXPECTATION_FAILED;
        }
        boolean stalled = comparisons.stream().anyMatch(comparison -> comparison.any(Outcome.STALLED));
        return strict && stalled ? ExitCode.STALLED : ExitCode.DONE;
    }
}
