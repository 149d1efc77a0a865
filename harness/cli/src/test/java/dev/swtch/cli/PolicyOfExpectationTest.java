package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of which schedulers a workload expects something: by their settings, however they were chosen. */
class PolicyOfExpectationTest {
    private static final String TWO_JOBS = """
            workload: 1
            requires: {cpus: "==1", costs: zero}
            threads:
              a: {do: [{compute: 6ms}]}
              b: {do: [{compute: 3ms}]}
            expect:
              b.end: {exactly: 7ms, policy: "rr:quantum=2ms"}
              a.end: {exactly: 6ms, policy: [fcfs, "POLICY"]}
            """;

    @TempDir
    private Path folder;

    private CommandRunner.Outcome compare(String policy, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("w.yaml"), TWO_JOBS.replace("POLICY", policy));
        List<String> arguments = new ArrayList<>(List.of("compare", file.toString()));
        arguments.addAll(List.of(options));
        return RealCommand.run(arguments);
    }

    @Test
    void settings_count_and_not_how_they_are_written() throws IOException {
        CommandRunner.Outcome unmet = compare("rr", "--schedulers", "rr:quantum=2000000");
        assertThat(unmet.out())
                .contains("w.yaml:8:3: rr:quantum=2000000, seed 1: a.end = 6ms, found 9ms")
                .doesNotContain("not checked");
        assertThat(unmet.code()).isEqualTo(1);
        CommandRunner.Outcome met = compare("rr:quantum=10ms", "--schedulers", "rr,fcfs", "--set", "rr.quantum=2ms");
        assertThat(met.out()).contains("all 2 met by every run");
        assertThat(met.err()).isEmpty();
        assertThat(met.code()).isZero();
    }

    @Test
    void a_scheduler_that_is_not_there_is_doubtful() throws IOException {
        CommandRunner.Outcome misspelt = compare("prioritty", "--schedulers", "fcfs");
        assertThat(misspelt.err())
                .startsWith("swtch: warning: ")
                .contains("w.yaml:8:3: policy: unknown scheduler 'prioritty': expected one of priority, ")
                .contains("(did you mean \"priority\"?)");
        assertThat(misspelt.code()).isZero();
        CommandRunner.Outcome strict = compare("rr:quantun=1ms", "--schedulers", "fcfs", "--strict");
        assertThat(strict.err()).contains("unknown tunable of rr 'quantun'");
        assertThat(strict.code()).isEqualTo(2);
    }
}
