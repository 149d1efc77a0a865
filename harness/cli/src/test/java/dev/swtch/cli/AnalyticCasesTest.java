package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Workload;
import java.io.IOException;
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
        CommandRunner.Outcome outcome = RealCommand.run(arguments(file, workload));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines().filter(line -> line.startsWith("  not ")))
                .as("of %d expectations", expected.size())
                .isEmpty();
        assertThat(outcome.out()).contains("all " + expected.size() + " met by every run");
        assertThat(outcome.code()).isZero();
    }

    private static List<String> arguments(Path file, Workload workload) {
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
        return arguments;
    }
}
