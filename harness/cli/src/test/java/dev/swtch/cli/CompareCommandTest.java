package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.swtch.engine.run.RunRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private static final String RTAPP = """
        /* one thread */
        {"tasks": {"t": {"loop": 3, "run": 1000, "sleep": 1000}}, "global": {"duration": 1}}
        """;

    @TempDir
    private Path folder;

    private CommandRunner command;

    @BeforeEach
    void prepare() throws IOException {
        command = new CommandRunner(folder);
    }

    private List<String> columns() {
        return command.engine.requests.stream().map(RunRequest::column).sorted().toList();
    }

    @Test
    void runs_a_bundled_workload_on_every_scheduler_it_fits() {
        CommandRunner.Outcome outcome = command.run("compare", "ping-pong");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(columns()).containsExactly("alpha", "beta");
        assertThat(outcome.out())
                .contains("alpha  Alpha kernel threads\n       Alpha 3.6, kern/alpha_switch.c\n")
                .contains("identical work: yes, 1 thread, 12 steps")
                .contains("What to look at");
    }

    @Test
    void leaves_out_whom_the_default_workload_asks_too_much_of() {
        CommandRunner.Outcome outcome = command.run("compare");
        assertThat(outcome.code()).isZero();
        assertThat(columns()).containsExactly("beta");
        assertThat(outcome.out())
                .contains("left out: alpha, because the workload needs")
                .contains("devices");
    }

    @Test
    void options_reach_every_run() {
        CommandRunner.Outcome outcome = command.run(
                "compare",
                "audio",
                "--schedulers",
                "beta,alpha:slice=20",
                "--cpus",
                "2x2x1",
                "--duration",
                "300ms",
                "--seed",
                "7",
                "--seeds",
                "3",
                "--costs",
                "zero",
                "--no-check",
                "--set",
                "alpha.stall=off",
                "--baseline",
                "beta");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(command.engine.requests).hasSize(6).allSatisfy(request -> {
            assertThat(request.topology()).hasToString("2x2x1");
            assertThat(request.durationNs()).isEqualTo(300_000_000L);
            assertThat(request.costs().name()).isEqualTo("zero");
            assertThat(request.checks()).isFalse();
            assertThat(request.workload().seed()).isEqualTo(request.seed());
        });
        assertThat(command.engine.requests).extracting(RunRequest::seed).containsOnly(7L, 8L, 9L);
        assertThat(outcome.out())
                .contains("3 seeds (7 to 9), zero costs, unchecked")
                .contains("with slice=20");
    }

    @Test
    void reads_an_rt_app_file_and_standard_input() throws IOException {
        String file = Files.writeString(folder.resolve("mine.json"), RTAPP).toString();
        CommandRunner.Outcome both = command.runWithInput(RTAPP, "compare", file, "-", "--schedulers", "beta");
        assertThat(both.err()).isEmpty();
        assertThat(both.code()).isZero();
        assertThat(both.out()).startsWith("mine").contains("=".repeat(100));
        assertThat(command.engine.requests).hasSize(2);
        assertThat(command.engine.requests.get(0).durationNs()).isEqualTo(1_000_000_000L);
    }

    @Test
    void the_same_arguments_give_the_same_bytes() {
        String[] args = {"compare", "ping-pong", "audio", "--seeds", "4", "--baseline", "beta", "-v"};
        CommandRunner.Outcome first = command.run(args);
        CommandRunner.Outcome second = command.run(args);
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.code()).isEqualTo(first.code());
    }

    @Test
    void a_panic_keeps_the_other_columns_and_says_how_to_see_it_again() throws IOException {
        CommandRunner.Outcome outcome = command.run(
                "compare",
                "ping-pong",
                "--schedulers",
                "beta,alpha:panic=1:slice=3",
                "--seed",
                "5",
                "--cpus",
                "2",
                "--json",
                folder.resolve("r.json").toString());
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.out())
                .contains("panic: alpha:panic=1:slice=3 broke the rule \"one current context per CPU\"")
                .contains("  where      CPU 1 at 1.500 us, seed 5\n")
                .contains("    CPU 1  web/1  alpha_switch <- trap\n")
                .containsPattern("reproduce  swtch compare ping-pong --schedulers alpha:panic=1:slice=3 --cpus 2"
                        + " --duration \\S+ --seed 5\n");
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("r.json").toFile())
                        .at("/comparisons/0/columns/0/runs/0/outcome")
                        .textValue())
                .isEqualTo("DONE");
    }

    @Test
    void a_scheduler_that_throws_is_a_panic_too() {
        CommandRunner.Outcome outcome = command.run("compare", "ping-pong", "--schedulers", "beta,alpha:throw=1");
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.out())
                .contains("rule \"no-exceptions\"")
                .contains("UnsupportedOperationException: no such queue (dev.swtch.cli.FakeEngine.run, line ");
    }

    @Test
    void a_stall_is_a_result_and_an_error_only_under_strict() {
        CommandRunner.Outcome stalled = command.run("compare", "ping-pong", "--schedulers", "alpha:stall=1");
        assertThat(stalled.code()).isZero();
        assertThat(stalled.out()).contains("web/1 waits for the semaphore \"tick\"");
        assertThat(command.run("compare", "ping-pong", "--schedulers", "alpha:stall=1", "--strict")
                        .code())
                .isEqualTo(4);
    }

    @Test
    void json_can_take_the_place_of_the_tables() throws IOException {
        CommandRunner.Outcome outcome = command.run("compare", "ping-pong", "--json", "-");
        assertThat(outcome.code()).isZero();
        assertThat(new ObjectMapper()
                        .readTree(outcome.out())
                        .at("/comparisons/0/setup/workload")
                        .textValue())
                .isEqualTo("ping-pong");
        assertThat(Path.of("-")).doesNotExist();
    }

    @Test
    void colour_is_used_when_asked_for() {
        assertThat(command.run("compare", "ping-pong", "--color", "always").out())
                .contains("\u001b[1m");
        assertThat(command.run("compare", "ping-pong", "--color", "auto").out()).doesNotContain("\u001b");
    }
}
