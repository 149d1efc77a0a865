package dev.swtch.cli;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.swtch.engine.run.Simulation;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Starts the command. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess();
        // What a scheduler prints while it is looked into must not stand between the results.
        System.setOut(System.err);
        ExitGuard guard = ExitGuard.install(terminal);
        int code = run(args, terminal, Simulation::run, Main.class.getClassLoader());
        guard.done();
        terminal.out().flush();
        terminal.err().flush();
        System.exit(code);
    }

    /** Runs the command with everything it touches given; returns the exit code. */
    static int run(String[] args, Terminal terminal, Simulator simulator, ClassLoader schedulers) {
        Problems problems = new Problems(terminal);
        try {
            Injector injector = Guice.createInjector(
                    Stage.PRODUCTION, new SwtchModule(terminal, simulator, new BundledSchedulers(schedulers)));
            return commandLine(injector, terminal, problems).execute(args);
        } catch (RuntimeException | Error broken) {
            return problems.internal(broken);
        }
    }

    private static CommandLine commandLine(Injector injector, Terminal terminal, Problems problems) {
        return new CommandLine(SwtchCommand.class, new InjectingFactory(injector))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setUsageHelpWidth(100)
                .setUsageHelpAutoWidth(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.isInteractive() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .registerConverter(ColorChoice.class, ColorChoice::of)
                .registerConverter(Long.class, Main::wholeNumber)
                .registerConverter(Integer.TYPE, text -> wholeInt(text))
                .setOverwrittenOptionsAllowed(false)
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler(problems)
                .setExecutionExceptionHandler(problems);
    }

    private static int wholeInt(String text) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, wholeNumber(text)));
    }

    private static long wholeNumber(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw new TypeConversionException("expected a whole number, found '" + text + "'");
        }
    }
}
