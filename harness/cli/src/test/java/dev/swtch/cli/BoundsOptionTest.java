package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --bounds} and {@code --idle-threshold} add to a comparison, with the schedulers that come with it. */
class BoundsOptionTest {
    private static final String THREE_JOBS = """
            workload: 1
            name: jobs
            threads:
              long: {do: [{begin: job}, {compute: 24ms}, {end: job}]}
              short: {count: 2, do: [{begin: job}, {compute: 3ms}, {end: job}]}
            """;

    @TempDir
    private Path folder;

    private String compare(String workload, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("jobs.yaml"), workload);
        List<String> arguments = new ArrayList<>(
                List.of("compare", file.toString(), "--cpus", "1", "--costs", "zero", "--schedulers", "ule"));
        arguments.addAll(List.of(options));
        CommandRunner.Outcome outcome = RealCommand.run(arguments);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        return outcome.out();
    }

    /** All work is done after 30 ms, whatever the order; shared as a fluid, the short jobs take 9 ms each. */
    @Test
    void shows_a_row_for_each_policy_and_each_fluid() throws IOException {
        List<String> lines = compare(THREE_JOBS, "--bounds").lines().toList();
        List<String> rows = lines.subList(
                lines.stream()
                        .filter(line -> line.startsWith("bounds "))
                        .mapToInt(lines::indexOf)
                        .sum(),
                lines.size());
        assertThat(rows.get(0)).matches("bounds +work done +elapsed +ready in all +job, mean");
        for (String row : List.of("ule", "bound", "edf", "fair", "fcfs", "hrrn", "priority", "rr", "sjf", "srtf")) {
            assertThat(rows).anyMatch(line -> line.matches("  " + row + " +30[.]00 +30[.]00 .*"));
        }
        assertThat(rows).anyMatch(line -> line.matches("  processor sharing +30[.]00 +30[.]00 +- +16[.]00"));
        assertThat(rows).anyMatch(line -> line.matches("  fair share +30[.]00 +30[.]00 +- +16[.]00"));
    }

    @Test
    void says_why_a_fluid_cannot_be_computed() throws IOException {
        String locked = THREE_JOBS.replace("{compute: 24ms}", "{lock: m}, {compute: 24ms}, {unlock: m}")
                + "objects: {m: mutex}\n";
        assertThat(compare(locked, "--bounds").replaceAll("\\s+", " "))
                .contains("are not computed: thread long does more than compute, sleep and fork: lock.")
                .doesNotContain("processor sharing ");
    }

    @Test
    void shows_no_bounds_by_default() throws IOException {
        assertThat(compare(THREE_JOBS)).doesNotContain("bounds", "processor sharing", "fcfs");
    }

    @Test
    void writes_bounds_and_idle_times_as_json() throws IOException {
        Path json = folder.resolve("result.json");
        compare(THREE_JOBS, "--bounds", "--idle-threshold", "1ns", "--json", json.toString());
        assertThat(Files.readString(json))
                .contains("\"rule\" : \"PROCESSOR_SHARING\"", "\"idling\" : {", "\"thresholdNs\" : 1,");
    }

    @Test
    void takes_the_threshold_of_the_workload_unless_the_option_is_given() throws IOException {
        Path json = folder.resolve("result.json");
        String measured = THREE_JOBS + "measure: {idle-while-waiting: {threshold: 3ms}}\n";
        compare(measured, "--json", json.toString());
        assertThat(Files.readString(json)).contains("\"thresholdNs\" : 3000000,");
        compare(measured, "--idle-threshold", "2ms", "--json", json.toString());
        assertThat(Files.readString(json)).contains("\"thresholdNs\" : 2000000,");
    }
}
