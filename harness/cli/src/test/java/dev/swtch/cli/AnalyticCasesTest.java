package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Workload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs workloads whose answers are known exactly, each on the policies its expectations name: deterministic ones have to
 * meet them to the nanosecond, queueing ones inside the interval of their confidence over {@value #SEEDS} seeds. Another
 * folder of such workloads can be given as {@code -Dcases.dir=DIR}.
 */
class AnalyticCasesTest {
    private static final int SEEDS = 30;
    private static final Path BUNDLED = Path.of("src/test/resources/cases");

    @TestFactory
    Stream<DynamicTest> every_answer_is_met() throws IOException {
        String folder = System.getProperty("cases.dir", "");
        List<Path> files;
        try (Stream<Path> found = Files.list(folder.isEmpty() ? BUNDLED : Path.of(folder))) {
            files = found.filter(file -> file.toString().matches(".*[.]ya?ml"))
                    .sorted()
                    .toList();
        }
        assertThat(files).isNotEmpty();
        return files.stream().map(file -> dynamicTest(file.getFileName().toString(), () -> meetsItsAnswers(file)));
    }

    private static void meetsItsAnswers(Path file) throws IOException {
        Workload workload = NativeYaml.read(file.toString(), Files.readAllBytes(file));
        List<Expectation> expected = workload.goals().expectations();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]), new PrintWriter(out, true), new PrintWriter(err, true), false);
        int code = Main.run(
                arguments(file, workload), terminal, Simulation::run, AnalyticCasesTest.class.getClassLoader());
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines().filter(line -> line.startsWith("  not ")))
                .as("of %d expectations", expected.size())
                .isEmpty();
        assertThat(out.toString()).contains("all " + expected.size() + " met by every run");
        assertThat(code).isZero();
    }

    private static String[] arguments(Path file, Workload workload) {
        TreeSet<String> policies = new TreeSet<>();
        boolean confident = false;
        for (Expectation expectation : workload.goals().expectations()) {
            policies.addAll(expectation.policies());
            confident |= expectation.confidence() > 0;
        }
        int cpus = Math.max(workload.goals().requires().leastCpus(), workload.minimumCpus());
        List<String> arguments = new ArrayList<>(List.of("compare", file.toString(), "--costs", "zero"));
        arguments.addAll(List.of("--cpus", Integer.toString(cpus)));
        arguments.addAll(List.of("--schedulers", policies.isEmpty() ? "fcfs" : String.join(",", policies)));
        arguments.addAll(List.of("--seeds", Integer.toString(confident ? SEEDS : 1)));
        return arguments.toArray(String[]::new);
    }
}
