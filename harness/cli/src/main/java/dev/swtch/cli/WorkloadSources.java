package dev.swtch.cli;

import dev.swtch.engine.discovery.BadChoiceException;
import dev.swtch.engine.discovery.InputFile;
import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.rtapp.RtApp;
import dev.swtch.engine.rtapp.RtAppOptions;
import dev.swtch.engine.rtapp.RtAppResult;
import dev.swtch.engine.trace.TraceFile;
import dev.swtch.engine.trace.TraceImport;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Nearest;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.bundled.BundledWorkloads;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds workloads by what the user called them: a bundled one's name, a file, or {@code -} for standard input. */
final class WorkloadSources {
    private static final String STANDARD_INPUT = "-";

    private final Terminal terminal;

    @Inject
    WorkloadSources(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * A workload and where it comes from.
     *
     * @param workload the workload
     * @param trace what was found in the recorded trace that it was made of, or null
     */
    record Source(Workload workload, @Nullable TraceImport trace) {}

    /** What messages call a source. */
    static String nameOf(String source) {
        return source.equals(STANDARD_INPUT) ? "standard input" : source;
    }

    /** The workload of that name; what is doubtful about it goes to standard error. */
    Workload get(String name, RtAppOptions options) {
        return get(name, options, List.of()).workload();
    }

    /** The same, from a recorded trace only the tasks of those names; all if there are none. */
    Source get(String name, RtAppOptions options, List<String> tasks) {
        if (name.equals(STANDARD_INPUT)) {
            return read(nameOf(name), terminal.in(), options, tasks);
        }
        if (BundledWorkloads.has(name)) {
            return whole(name, BundledWorkloads.get(name), tasks);
        }
        if (!InputFile.exists(name)) {
            List<String> bundled = BundledWorkloads.list().stream()
                    .map(BundledWorkloads.Bundled::name)
                    .toList();
            String nearest = Nearest.of(name, bundled);
            throw new BadChoiceException("no workload '" + name + "': expected a file, - or one of "
                    + String.join(", ", bundled)
                    + (nearest == null ? "" : " (did you mean \"" + nearest + "\"?)"));
        }
        try (InputStream in = InputFile.open(name)) {
            return read(name, in, options, tasks);
        } catch (IOException unreadable) {
            throw new BadChoiceException(name + ": the file cannot be read");
        }
    }

    private Source read(String name, InputStream in, RtAppOptions options, List<String> tasks) {
        BufferedInputStream bytes = new BufferedInputStream(in, TraceFile.SNIFF);
        if (!WorkloadFormat.isTrace(name, begin(name, bytes))) {
            return whole(name, read(InputFile.read(name, bytes), options), tasks);
        }
        TraceImport trace = TraceFile.read(name, bytes, tasks);
        warn(trace.warnings());
        return new Source(trace.workload(), trace);
    }

    private static byte[] begin(String name, BufferedInputStream bytes) {
        try {
            bytes.mark(TraceFile.SNIFF);
            byte[] begin = bytes.readNBytes(TraceFile.SNIFF);
            bytes.reset();
            return begin;
        } catch (IOException unreadable) {
            throw new BadChoiceException(name + ": the file cannot be read");
        }
    }

    private static Source whole(String name, Workload workload, List<String> tasks) {
        if (!tasks.isEmpty()) {
            throw new BadChoiceException("--task: expected a recorded trace, found " + name + ", which is none");
        }
        return new Source(workload, null);
    }

    /** The workload in a file that is no trace. */
    private Workload read(InputFile file, RtAppOptions options) {
        String text = new String(file.content(), StandardCharsets.UTF_8);
        return switch (WorkloadFormat.of(file.name(), text)) {
            case NATIVE -> NativeYaml.read(file.name(), file.content());
            case RTAPP -> rtApp(file, options);
            case UNKNOWN ->
                throw new BadInputException(
                        file.name(),
                        List.of(new Diagnostic(
                                null,
                                file.name() + ": not a workload that swtch can read",
                                "YAML with a line \"workload: 1\", rt-app's JSON, which begins with '{', or a trace",
                                "'" + WorkloadFormat.firstCharacter(text) + "'",
                                null)));
        };
    }

    private Workload rtApp(InputFile file, RtAppOptions options) {
        RtAppResult result = RtApp.read(file.name(), file.content(), options);
        warn(result.warnings());
        return result.workload();
    }

    /** Prints what is doubtful, a line each. */
    void warn(List<Diagnostic> warnings) {
        for (Diagnostic warning : warnings) {
            terminal.err().println("swtch: warning: " + warning);
        }
    }

    /** What the bundled workloads do, a line each. */
    String list() {
        int width = BundledWorkloads.list().stream()
                .mapToInt(bundled -> bundled.name().length())
                .max()
                .orElse(0);
        return BundledWorkloads.list().stream()
                .map(bundled -> "  " + bundled.name()
                        + " ".repeat(width - bundled.name().length()) + "  " + bundled.about() + "\n")
                .collect(Collectors.joining());
    }
}
