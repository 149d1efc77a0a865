package dev.swtch.cli;

import dev.swtch.engine.discovery.BadChoiceException;
import dev.swtch.engine.discovery.FoundPlugin;
import dev.swtch.engine.discovery.Plugins;
import dev.swtch.engine.workload.bundled.BundledWorkloads;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code swtch list}: what can be compared, and on what. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        versionProvider = SwtchCommand.Version.class,
        sortOptions = false,
        description = "Lists the schedulers that were found and the workloads that come with the program.",
        footerHeading = "%nExamples%n",
        footer = {
            "  swtch list schedulers",
            "  swtch list workloads",
            "  swtch list --plugin-path my-schedulers      with the schedulers in the jars of a folder"
        })
final class ListCommand implements Callable<Integer> {
    private static final List<String> KINDS = List.of("schedulers", "workloads");

    private final Terminal terminal;
    private final WorkloadSources workloads;

    @Parameters(arity = "0..1", paramLabel = "KIND", description = "schedulers or workloads. Default: both.")
    private @Nullable String kind;

    @Mixin
    private final SchedulerOptions schedulerOptions;

    @Inject
    ListCommand(Terminal terminal, WorkloadSources workloads, SchedulerOptions schedulerOptions) {
        this.terminal = terminal;
        this.workloads = workloads;
        this.schedulerOptions = schedulerOptions;
    }

    @Override
    public Integer call() {
        if (kind != null && !KINDS.contains(kind)) {
            throw BadChoiceException.unknown("kind of list", kind, KINDS);
        }
        StringBuilder text = new StringBuilder();
        if (!"workloads".equals(kind)) {
            text.append("schedulers\n").append(schedulers(schedulerOptions.find()));
        }
        if (!"schedulers".equals(kind)) {
            text.append(text.length() == 0 ? "" : "\n").append("workloads (default: ");
            text.append(BundledWorkloads.DEFAULT).append(")\n").append(workloads.list());
        }
        terminal.out().print(text);
        terminal.out().flush();
        return ExitCode.DONE;
    }

    private static String schedulers(Plugins plugins) {
        int width = plugins.ids().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (FoundPlugin plugin : plugins.all()) {
            String indent = "  " + " ".repeat(width + 2);
            text.append("  ")
                    .append(plugin.id())
                    .append(" ".repeat(width - plugin.id().length() + 2));
            text.append(plugin.descriptor().title()).append('\n');
            text.append(indent).append(plugin.descriptor().lineage()).append('\n');
        }
        return text.toString();
    }
}
