package dev.swtch.cli;

import dev.swtch.engine.discovery.BadChoiceException;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Nearest;
import dev.swtch.engine.workload.WorkloadException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever goes wrong into one message and an exit code. */
final class Problems implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final Terminal terminal;

    Problems(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        terminal.err().println("swtch: " + sentence(wrong));
        terminal.err()
                .println("Try '" + command.getCommandSpec().qualifiedName() + " --help', which explains every option.");
        return ExitCode.BAD_INPUT;
    }

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        if (thrown instanceof BadInputException || thrown instanceof WorkloadException) {
            return bad(thrown);
        }
        return thrown instanceof BadChoiceException ? bad(thrown) : internal(thrown);
    }

    private int bad(Exception input) {
        terminal.err().println("swtch: " + input.getMessage());
        return ExitCode.BAD_INPUT;
    }

    /** A fault of the program itself: one line, and the trace only for who asks. */
    int internal(Throwable broken) {
        String message = broken.getMessage() == null
                ? broken.getClass().getSimpleName()
                : broken.getClass().getSimpleName() + ": "
                        + broken.getMessage().lines().findFirst().orElse("");
        terminal.err()
                .println("swtch: internal error: " + message
                        + "; please report, rerun with -Dswtch.trace=true for the trace");
        if (Boolean.getBoolean("swtch.trace")) {
            broken.printStackTrace(terminal.err());
        }
        return ExitCode.INTERNAL;
    }

    private static String sentence(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String word = unmatched.getUnmatched().get(0);
            CommandLine command = wrong.getCommandLine();
            boolean option = word.startsWith("-");
            boolean root = command.getParent() == null;
            List<String> known = option
                    ? new ArrayList<>(command.getCommandSpec().optionsMap().keySet())
                    : new ArrayList<>(command.getSubcommands().keySet());
            if (option || root) {
                int equals = word.indexOf('=');
                return unknown(option ? "option" : "command", equals < 0 ? word : word.substring(0, equals), known);
            }
            return "unexpected argument '" + word + "'";
        }
        String message = wrong.getMessage();
        return message == null ? "the arguments cannot be used" : message;
    }

    private static String unknown(String kind, String word, List<String> known) {
        known.sort(null);
        String nearest = Nearest.of(word, known);
        return "unknown " + kind + " '" + word + "'"
                + (kind.equals("command") ? ": expected one of " + String.join(", ", known) : "")
                + (nearest == null ? "" : " (did you mean \"" + nearest + "\"?)");
    }
}
