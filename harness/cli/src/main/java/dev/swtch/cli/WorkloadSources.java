package dev.swtch.cli;

import dev.swtch.engine.discovery.BadChoiceException;
import dev.swtch.engine.discovery.InputFile;
import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.rtapp.RtApp;
import dev.swtch.engine.rtapp.RtAppOptions;
import dev.swtch.engine.rtapp.RtAppResult;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Nearest;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.bundled.BundledWorkloads;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Finds workloads by what the user called them: a bundled one's name, a file, or {@code -} for standard input. */
final class WorkloadSources {
    private final Terminal terminal;

    @Inject
    WorkloadSources(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The workload of that name; what is doubtful about it goes to standard error. */
    Workload get(String name, boolean strict) {
        if (name.equals("-")) {
            return read(InputFile.read("standard input", terminal.in()), strict);
        }
        if (BundledWorkloads.has(name)) {
            return BundledWorkloads.get(name);
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
        return read(InputFile.read(name), strict);
    }

    /** The workload in a file the user named, bundled or not. */
    private Workload read(InputFile file, boolean strict) {
        String text = new String(file.content(), StandardCharsets.UTF_8);
        return switch (WorkloadFormat.of(file.name(), text)) {
            case NATIVE -> NativeYaml.read(file.name(), file.content());
            case RTAPP -> rtApp(file, strict);
            case UNKNOWN ->
                throw new BadInputException(
                        file.name(),
                        List.of(new Diagnostic(
                                null,
                                file.name() + ": not a workload that swtch can read",
                                "YAML with a line \"workload: 1\", or rt-app's JSON, which begins with '{'",
                                "'" + WorkloadFormat.firstCharacter(text) + "'",
                                null)));
        };
    }

    private Workload rtApp(InputFile file, boolean strict) {
        RtAppOptions options = RtAppOptions.defaults();
        RtAppResult result = RtApp.read(file.name(), file.content(), strict ? options.withStrict() : options);
        for (Diagnostic warning : result.warnings()) {
            terminal.err().println("swtch: warning: " + warning);
        }
        return result.workload();
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
