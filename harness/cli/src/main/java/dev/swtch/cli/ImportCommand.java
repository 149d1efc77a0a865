package dev.swtch.cli;

import dev.swtch.engine.discovery.BadChoiceException;
import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.workload.Workload;
import dev.swtch.report.WholeFile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swtch import}: a workload of another program as a file of the native language. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        versionProvider = SwtchCommand.Version.class,
        sortOptions = false,
        description = "Writes a workload in the native language, where it can be read and changed; it runs as the"
                + " original does, step by step.",
        footerHeading = "%nExamples%n",
        footer = {
            "  swtch import my-rt-app.json -o mine.yaml",
            "  swtch import - < my-rt-app.json          from standard input to standard output"
        })
final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final WorkloadSources sources;

    @Parameters(paramLabel = "FILE", description = "An rt-app file (JSON), or - for standard input.")
    private String file = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write. Default: standard output.")
    private @Nullable Path output;

    @Option(names = "--strict", description = "Refuses what is doubtful in the file instead of warning.")
    private boolean strict;

    @Inject
    ImportCommand(Terminal terminal, WorkloadSources sources) {
        this.terminal = terminal;
        this.sources = sources;
    }

    @Override
    public Integer call() {
        Workload workload = sources.get(file, strict);
        String text = NativeYaml.write(workload.source());
        Path path = output;
        if (path == null) {
            terminal.out().print(text);
            terminal.out().flush();
            return ExitCode.DONE;
        }
        try {
            WholeFile.write(path, text);
        } catch (IOException unwritable) {
            throw new BadChoiceException(
                    "--output " + path + ": the file cannot be written: " + unwritable.getMessage());
        }
        return ExitCode.DONE;
    }
}
