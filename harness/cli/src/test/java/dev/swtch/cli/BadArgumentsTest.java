package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadArgumentsTest {
    @TempDir
    private Path folder;

    private CommandRunner command;

    @BeforeEach
    void prepare() throws IOException {
        command = new CommandRunner(folder);
    }

    private void refused(String message, String... args) {
        CommandRunner.Outcome outcome = command.run(args);
        assertThat(outcome.err()).startsWith("swtch: " + message);
        assertThat(outcome.err()).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(command.engine.requests).isEmpty();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void unknown_words() {
        refused(
                "unknown command 'comapre': expected one of compare, describe, help, import, list, show (did you mean"
                        + " \"compare\"?)\n"
                        + "Try 'swtch --help'",
                "comapre");
        refused(
                "unknown option '--scheduler' (did you mean \"--schedulers\"?)\nTry 'swtch compare --help'",
                "compare",
                "--scheduler=alpha");
        refused("unknown option '--jsn' (did you mean \"--json\"?)", "compare", "--jsn", "x");
        refused("unknown kind of list 'workload': expected one of workloads, schedulers", "list", "workload");
        refused("unexpected argument 'x'", "list", "workloads", "x");
        refused("Missing required parameter: 'SCHEDULER'", "describe");
    }

    @Test
    void schedulers_and_tunables() {
        refused(
                "unknown scheduler 'alphas': expected one of alpha, beta (did you mean \"alpha\"?)",
                "compare",
                "--schedulers",
                "alphas");
        refused("unknown scheduler 'gamma': expected one of alpha, beta\n", "describe", "gamma");
        refused(
                "unknown tunable of alpha 'slic': expected one of slice, panic, stall, throw (did you mean \"slice\"?)",
                "compare",
                "--set",
                "alpha.slic=3");
        refused("alpha.slice: expected 1 to 100 (ticks), found 'many'", "compare", "--schedulers", "alpha:slice=many");
        refused("unknown column in --baseline 'lwkt': expected one of alpha, beta", "compare", "--baseline", "lwkt");
        refused(
                "--plugin-path nowhere: expected a folder of jars, found nothing of that name",
                "compare",
                "--plugin-path",
                "nowhere");
    }

    @Test
    void numbers_and_choices() {
        refused(
                "Invalid value for option '--duration': expected a span of simulated time such as 500ms, 2s or"
                        + " 1min, found '2 weeks'",
                "compare",
                "--duration",
                "2 weeks");
        refused(
                "Invalid value for option '--duration': expected more than 0 and at most 73min, found '0'",
                "compare",
                "--duration",
                "0");
        refused("Invalid value for option '--seed': expected a whole number, found 'one'", "compare", "--seed", "one");
        refused("--seeds: expected 1 to 10000, found 0", "compare", "--seeds", "0");
        refused(
                "Invalid value for option '--color': expected auto, always or never, found 'green'",
                "compare",
                "--color",
                "green");
        refused("--cpus 3y: expected PACKAGESxCORESxSMT", "compare", "--cpus", "3y");
        refused(
                "--costs: expected default, zero or a file, found 'zer' (did you mean \"zero\"?)",
                "compare",
                "--costs",
                "zer");
        refused(
                "--json " + folder + ": expected a file in a directory that exists, found a directory",
                "compare",
                "--json",
                folder.toString());
        refused("Missing required parameter for option '--set' (ID.TUNABLE=VALUE)", "compare", "--set");
    }

    @Test
    void files() throws IOException {
        refused(
                "no workload 'mixd': expected a file, - or one of mixed, ping-pong, hog-interactive, audio, device,",
                "compare",
                "mixd");
        refused(folder + ": expected a file, found a directory", "compare", folder.toString());
        String xml = file("x.xml", "<workload/>");
        refused(
                xml + ": not a workload that swtch can read: expected YAML with a line \"workload: 1\", rt-app's"
                        + " JSON, which begins with '{', or a trace, found '<'",
                "compare",
                xml);
        String binary = file("x.bin", "{\u0000\u0001");
        refused(binary + ":1:1: the file is binary, not a text", "compare", binary);
        String half = file("half.json", "{\"tasks\": {\n  \"t\": {\"run\": 5,, }}}");
        refused(half + ":2:", "compare", half);
        String costs = file("costs", "ipi_sent = 3\n");
        refused(costs + ":1:1: unknown entry 'ipi_sent' (did you mean \"ipi_send\"?)", "compare", "--costs", costs);
        refused(costs + ":1:1: not JSON: expected the output of lscpu -J", "compare", "--cpus", costs);
    }

    @Test
    void unreadable_files() throws IOException {
        String locked = file("locked.json", "{}");
        if (folder.resolve("locked.json").toFile().setReadable(false)
                && !Files.isReadable(folder.resolve("locked.json"))) {
            refused(locked + ": the file cannot be read", "compare", locked);
        }
    }

    @Test
    void cpus_that_the_machine_does_not_have() throws IOException {
        String pinned = file(
                "pinned.json",
                "{\"tasks\": {\"t\": {\"cpus\": [9], \"loop\": 1, \"run\": 5}}, \"global\": {\"duration\": 1}}");
        CommandRunner.Outcome outcome = command.run("compare", pinned, "--cpus", "4");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("names a CPU that the machine does not have: expected 0 to 3, found 9");
    }

    @Test
    void a_fault_of_the_program_itself_is_one_line() {
        CommandRunner.Outcome outcome = command.runWith(
                (request, atEnd) -> {
                    throw new AssertionError("heap\nand more");
                },
                "",
                "compare",
                "ping-pong");
        assertThat(outcome.code()).isEqualTo(70);
        assertThat(outcome.err())
                .isEqualTo("swtch: internal error: AssertionError: heap; please report, rerun with"
                        + " -Dswtch.trace=true for the trace" + System.lineSeparator());
    }
}
