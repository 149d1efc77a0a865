package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.run.Simulation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int compare(String policy, String... arguments) throws IOException {
        Path file = folder.resolve("w.yaml");
        Files.writeString(file, TWO_JOBS.replace("POLICY", policy));
        String[] all = new String[arguments.length + 2];
        all[0] = "compare";
        all[1] = file.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]), new PrintWriter(out, true), new PrintWriter(err, true), false);
        return Main.run(all, terminal, Simulation::run, getClass().getClassLoader());
    }

    @Test
    void settings_count_and_not_how_they_are_written() throws IOException {
        assertThat(compare("rr", "--schedulers", "rr:quantum=2000000")).isEqualTo(1);
        assertThat(out.toString())
                .contains("w.yaml:8:3: rr:quantum=2000000, seed 1: a.end = 6ms, found 9ms")
                .doesNotContain("not checked");
        assertThat(compare("rr:quantum=10ms", "--schedulers", "rr,fcfs", "--set", "rr.quantum=2ms"))
                .isZero();
        assertThat(out.toString()).contains("all 2 met by every run");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_scheduler_that_is_not_there_is_doubtful() throws IOException {
        assertThat(compare("prioritty", "--schedulers", "fcfs")).isZero();
        assertThat(err.toString())
                .startsWith("swtch: warning: ")
                .contains("w.yaml:8:3: policy: unknown scheduler 'prioritty': expected one of priority, ")
                .contains("(did you mean \"priority\"?)");
        assertThat(compare("rr:quantun=1ms", "--schedulers", "fcfs", "--strict"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("unknown tunable of rr 'quantun'");
    }
}
