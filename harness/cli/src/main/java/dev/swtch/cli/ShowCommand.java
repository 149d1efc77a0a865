package dev.swtch.cli;

import dev.swtch.engine.discovery.BadChoiceException;
import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.workload.bundled.BundledWorkloads;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code swtch show}: a bundled workload as a file, to read and to start from. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = SwtchCommand.Version.class,
        sortOptions = false,
        description = "Prints a bundled workload in the native language: what it models, its source, what to look at.",
        footerHeading = "%nExamples%n",
        footer = {
            "  swtch show hackbench > mine.yaml         a workload to change; run it with 'swtch compare mine.yaml'",
            "  swtch show --schema > workload.schema.json",
            "      by which an editor completes workload files"
        })
final class ShowCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "Name of a bundled workload; 'swtch list workloads' shows them.")
    private @Nullable String name;

    @Option(names = "--schema", description = "Prints the JSON Schema of the native language instead.")
    private boolean schema;

    @Inject
    ShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String wanted = name;
        if (schema == (wanted != null)) {
            throw new BadChoiceException("show: expected the name of a bundled workload or --schema, found "
                    + (schema ? "both" : "neither"));
        }
        terminal.out().print(wanted == null ? NativeYaml.schema() : BundledWorkloads.text(wanted));
        terminal.out().flush();
        return ExitCode.DONE;
    }
}
