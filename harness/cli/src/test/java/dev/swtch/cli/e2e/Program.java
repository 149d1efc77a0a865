package dev.swtch.cli.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged program in a fresh process. */
final class Program {
    private static final long LONGEST_SECONDS = 120;

    private Program() {}

    /** What the program did. */
    record Outcome(int code, String out, String err) {}

    /** Runs the jar as a user does, in the repository's folder. */
    static Outcome jar(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dguice_custom_class_loading=CHILD");
        command.add("-jar");
        command.add(System.getProperty("swtch.jar"));
        command.addAll(List.of(args));
        return run(command);
    }

    /** Runs a line as a shell does. */
    static Outcome shell(String line) throws IOException, InterruptedException {
        return run(List.of("/bin/sh", "-c", line));
    }

    /** The folder that holds the README. */
    static Path root() {
        return Path.of("").toAbsolutePath().getParent().getParent();
    }

    private static Outcome run(List<String> command) throws IOException, InterruptedException {
        File out = File.createTempFile("swtch", ".out");
        File err = File.createTempFile("swtch", ".err");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(root().toFile())
                    .redirectOutput(out)
                    .redirectError(err)
                    .redirectInput(new File("/dev/null"))
                    .start();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("still running after " + LONGEST_SECONDS + " s: " + command);
            }
            return new Outcome(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out.toPath());
            Files.delete(err.toPath());
        }
    }

    private static String text(File file) throws IOException {
        return Files.readString(file.toPath(), StandardCharsets.UTF_8);
    }
}
