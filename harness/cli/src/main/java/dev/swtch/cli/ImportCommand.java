package dev.swtch.cli;

import dev.swtch.engine.discovery.BadChoiceException;
import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.trace.TraceImport;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.ThreadKind;
import dev.swtch.engine.workload.WorkloadSource;
import dev.swtch.report.WholeFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swtch import}: a workload of another program as a file of the native language. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        versionProvider = SwtchCommand.Version.class,
        sortOptions = false,
        description = {
            "Writes a workload in the native language, where it can be read and changed; it runs as the original"
                    + " does, step by step.",
            "Of a recorded trace (ftrace, trace-cmd report, perf script, systrace; also packed with gzip) it says what"
                    + " was found, counted for each task as perf sched timehist and latency count. The workload has a"
                    + " thread for each task, with its work between two waits and who woke it."
        },
        footerHeading = "%nExamples%n",
        footer = {
            "  swtch import my-rt-app.json -o mine.yaml",
            "  swtch import - < my-rt-app.json          from standard input to standard output",
            "  perf sched script --ns | swtch import -  what the tasks of a trace did",
            "  swtch import trace.txt --task 'make*' --task cc1 -o build.yaml",
            "      a workload of some tasks; what others did to them happens at the recorded times"
        })
final class ImportCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    /** Tasks named in a hint. */
    private static final int SHOWN = 3;

    private final Terminal terminal;
    private final WorkloadSources sources;

    @Parameters(paramLabel = "FILE", description = "An rt-app file (JSON), a recorded trace, or - for standard input.")
    private String file = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write, - for standard output. Default: standard output; of a trace nothing is"
                    + " written without it.")
    private @Nullable Path output;

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description = "Of a trace: only the tasks of that name or id; * stands for any text. Can be repeated.")
    private List<String> tasks = new ArrayList<>();

    @Option(names = "--strict", description = "Refuses what is doubtful in the file instead of warning.")
    private boolean strict;

    @Mixin
    private final RtAppSwitches rtApp = new RtAppSwitches();

    @Inject
    ImportCommand(Terminal terminal, WorkloadSources sources) {
        this.terminal = terminal;
        this.sources = sources;
    }

    @Override
    public Integer call() {
        WorkloadSources.Source source = sources.get(file, rtApp.options(strict), tasks);
        TraceImport trace = source.trace();
        Path path = output;
        boolean toTerminal = path == null ? trace == null : path.toString().equals(STANDARD_OUTPUT);
        if (trace != null) {
            PrintWriter out = toTerminal ? terminal.err() : terminal.out();
            out.print(TraceText.of(WorkloadSources.nameOf(file), trace));
            out.flush();
        }
        if (path != null || toTerminal) {
            write(source.workload().source(), toTerminal ? null : path);
        }
        return ExitCode.DONE;
    }

    private void write(WorkloadSource workload, @Nullable Path path) {
        String text = NativeYaml.write(workload);
        refuseTooLarge(text, workload);
        if (path == null) {
            terminal.out().print(text);
            terminal.out().flush();
            return;
        }
        try {
            WholeFile.write(path, text);
        } catch (IOException unwritable) {
            throw new BadChoiceException(
                    "--output " + path + ": the file cannot be written: " + unwritable.getMessage());
        }
    }

    /** What is written must be readable, and there is a limit to what is read. */
    private static void refuseTooLarge(String text, WorkloadSource workload) {
        try {
            NativeYaml.read("output", text.getBytes(StandardCharsets.UTF_8));
        } catch (BadInputException unreadable) {
            throw new BadChoiceException("the workload cannot be written as a file that can be read again: "
                    + unreadable.errors().get(0).message() + "; run the original, which has no such limit, or"
                    + " write some of its tasks with --task: most steps have " + longest(workload));
        }
    }

    private static String longest(WorkloadSource workload) {
        return workload.threads().stream()
                .sorted(Comparator.comparingInt(
                        (ThreadKind thread) -> -thread.body().size()))
                .limit(SHOWN)
                .map(thread -> thread.name() + " (" + thread.body().size() + ")")
                .collect(Collectors.joining(", "));
    }
}
