package dev.swtch.cli;

import jakarta.inject.Inject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command without a subcommand: says what there is. */
@Command(
        name = "swtch",
        mixinStandardHelpOptions = true,
        versionProvider = SwtchCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CompareCommand.class,
            ListCommand.class,
            DescribeCommand.class,
            ShowCommand.class,
            ImportCommand.class,
            HelpCommand.class
        },
        description = {
            "Runs one workload on several kernel thread schedulers over the same simulated",
            "multiprocessor and shows side by side what each did, what it cost, and why."
        },
        footerHeading = "%nStart here%n",
        footer = {
            "  swtch compare                     the default workload on both kernels",
            "  swtch list                        what can be compared, and on what",
            "  swtch describe ule                what a scheduler models and what can be set",
            "  swtch show mixed                  a bundled workload as a file to start from",
            "  swtch help compare                every option of a command",
            "",
            "Exit codes: 0 done (a stall included), 1 an expectation failed, 2 bad input,",
            "3 a scheduler broke a rule, 4 stalled under --strict."
        })
final class SwtchCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Inject
    SwtchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            CommandLine command = spec.commandLine();
            command.usage(terminal.out());
        }
        return ExitCode.DONE;
    }

    /** The version of the jar the program was started from. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"swtch " + (version == null ? "(not packaged)" : version)};
        }
    }
}
