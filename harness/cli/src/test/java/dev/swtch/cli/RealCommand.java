package dev.swtch.cli;

import dev.swtch.engine.run.Simulation;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Runs the command as a user would, with the engine and the schedulers that come with it. */
final class RealCommand {
    private RealCommand() {}

    static CommandRunner.Outcome run(List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]), new PrintWriter(out, true), new PrintWriter(err, true), false);
        int code = Main.run(
                arguments.toArray(String[]::new), terminal, Simulation::run, RealCommand.class.getClassLoader());
        return new CommandRunner.Outcome(code, out.toString(), err.toString());
    }
}
