package dev.swtch.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;

/** Runs the command as a user would, with streams, engine and class path of a test. */
final class CommandRunner {
    final FakeEngine engine = new FakeEngine();
    private final ClassLoader schedulers;

    CommandRunner(Path folder) throws IOException {
        Path services = folder.resolve("services");
        Files.writeString(services, AlphaPlugin.class.getName() + "\n" + BetaPlugin.class.getName() + "\n");
        URL url = services.toUri().toURL();
        schedulers = new ClassLoader(CommandRunner.class.getClassLoader()) {
            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return name.startsWith("META-INF/services/dev.swtch.")
                        ? Collections.enumeration(Collections.singletonList(url))
                        : super.getResources(name);
            }
        };
    }

    /** What the command did. */
    record Outcome(int code, String out, String err) {}

    Outcome run(String... args) {
        return runWithInput("", args);
    }

    Outcome runWithInput(String input, String... args) {
        return runWith(engine, input, args);
    }

    Outcome runWith(Simulator simulator, String input, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                false);
        int code = Main.run(args, terminal, simulator, schedulers);
        return new Outcome(code, out.toString(), err.toString());
    }
}
