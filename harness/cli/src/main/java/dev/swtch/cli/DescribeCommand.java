package dev.swtch.cli;

import dev.swtch.engine.discovery.FoundPlugin;
import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code swtch describe}: what a scheduler says about itself. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        versionProvider = SwtchCommand.Version.class,
        sortOptions = false,
        description = "Shows what a scheduler models, what can be set, what it supports, and by what means of its own"
                + " kernel it serves a workload.",
        footerHeading = "%nExamples%n",
        footer = {
            "  swtch describe ule",
            "  swtch compare --schedulers ule,ule:preempt_thresh=0      a tunable tried out"
        })
final class DescribeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "SCHEDULER", description = "Id of a scheduler; 'swtch list' shows them.")
    private String id = "";

    @Mixin
    private final SchedulerOptions schedulerOptions;

    @Inject
    DescribeCommand(Terminal terminal, SchedulerOptions schedulerOptions) {
        this.terminal = terminal;
        this.schedulerOptions = schedulerOptions;
    }

    @Override
    public Integer call() {
        FoundPlugin plugin = schedulerOptions.find().get(id);
        terminal.out().print(Description.of(plugin));
        terminal.out().flush();
        return ExitCode.DONE;
    }
}
