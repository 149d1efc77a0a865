package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.discovery.FoundPlugin;
import dev.swtch.engine.discovery.Plugins;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTraceTest {
    private static final String TRACE = """
        swapper     0/0     [001]     1.000000000:     sched:sched_switch: prev_comm=swapper/1 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=ping next_pid=7 next_prio=120
           pong     8/8     [000]     1.000010000:     sched:sched_switch: prev_comm=pong prev_pid=8 prev_prio=120 prev_state=S ==> next_comm=swapper/0 next_pid=0 next_prio=120
           ping     7/7     [001]     1.000300000:     sched:sched_waking: comm=pong pid=8 prio=120 target_cpu=000
           ping     7/7     [001]     1.000301000:     sched:sched_stat_runtime: comm=ping pid=7 runtime=1 [ns]
         no event
        swapper     0/0     [000]     1.000304000:     sched:sched_switch: prev_comm=swapper/0 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=pong next_pid=8 next_prio=120
           ping     7/7     [001]     1.000400000:     sched:sched_switch: prev_comm=ping prev_pid=7 prev_prio=120 prev_state=S ==> next_comm=swapper/1 next_pid=0 next_prio=120
           pong     8/8     [000]     1.000704000:     sched:sched_switch: prev_comm=pong prev_pid=8 prev_prio=120 prev_state=S ==> next_comm=swapper/0 next_pid=0 next_prio=120
        """;

    @TempDir
    private Path folder;

    private CommandRunner command;
    private String trace = "";

    @BeforeEach
    void prepare() throws IOException {
        command = new CommandRunner(folder);
        trace = Files.writeString(folder.resolve("trace.txt"), TRACE).toString();
    }

    @Test
    void what_is_too_large_to_be_written_says_which_tasks_make_it_so() throws IOException {
        StringBuilder text = new StringBuilder("# tracer: nop\n");
        for (int i = 0; i < 100_000; i++) {
            String head = "t%d-%d [000] %d.%06d: ".formatted(i % 3, 1 + i % 3, 1 + i / 10_000, i % 10_000 * 100);
            int next = (i + 1) % 3;
            text.append(head + "sched_waking: comm=t%d pid=%d prio=120 target_cpu=000\n".formatted(next, 1 + next));
            text.append(head
                    + "sched_switch: prev_comm=t%d prev_pid=%d prev_prio=120 prev_state=S ==> "
                            .formatted(i % 3, 1 + i % 3)
                    + "next_comm=t%d next_pid=%d next_prio=120\n".formatted(next, 1 + next));
        }
        Path large = Files.writeString(folder.resolve("large.txt"), text);
        CommandRunner.Outcome refused = command.run(
                "import", large.toString(), "-o", folder.resolve("large.yaml").toString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("more than 500000 values", "with --task: most steps have t");
        assertThat(folder.resolve("large.yaml")).doesNotExist();
        CommandRunner.Outcome part = command.run(
                "import",
                large.toString(),
                "--task",
                "t1",
                "-o",
                folder.resolve("large.yaml").toString());
        assertThat(part.code()).as(part.err()).isZero();
    }

    @Test
    void what_was_found_is_told_and_nothing_is_written() {
        CommandRunner.Outcome outcome = command.run("import", trace);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo(trace + """
            : perf script, 2 CPUs, 2 tasks, 5 switches, 1 wake-up, 0.000704000 s
            workload: 2 threads
            skipped: 1 event that says nothing about who runs (sched_stat_runtime 1)
            skipped: 1 line that is no event, the first in line 5

            tasks       runs  run ms    min   mean    max  spread %  moves  delays  delay ms   most
              ping[7]      1   0.400  0.400  0.400  0.400      0.00      0       1     0.000  0.000
              pong[8]      2   0.400  0.000  0.200  0.400    100.00      0       1     0.004  0.004
            """);
    }

    @Test
    void the_written_workload_runs_as_the_trace_does() throws IOException {
        Path written = folder.resolve("t.yaml");
        assertThat(command.run("import", trace, "-o", written.toString()).code())
                .isZero();
        command.run("compare", trace, "--schedulers", "alpha");
        command.run("compare", written.toString(), "--schedulers", "alpha");
        RunRequest direct = command.engine.requests.get(0);
        RunRequest again = command.engine.requests.get(1);
        assertThat(direct.topology()).isEqualTo(Topology.of(1, 2, 1));
        assertThat(again.topology()).isEqualTo(direct.topology());
        assertThat(again.durationNs()).isEqualTo(direct.durationNs()).isEqualTo(704_000);
        for (FoundPlugin plugin : Plugins.find(ImportTraceTest.class.getClassLoader(), null, false)
                .all()) {
            RunResult one = run(plugin, direct.workload());
            RunResult other = run(plugin, again.workload());
            assertThat(one.outcome()).as(plugin.id()).isEqualTo(Outcome.DONE);
            assertThat(other.threads()).as(plugin.id()).isEqualTo(one.threads());
            assertThat(one.threads()).allMatch(thread -> thread.userNs() == 400_000, "400 us of work");
        }
    }

    private static RunResult run(FoundPlugin plugin, Workload workload) {
        return Simulation.run(new RunRequest(
                plugin.id(),
                plugin.plugin(),
                Map.of(),
                workload,
                Topology.of(1, 2, 1),
                CostModel.zero(),
                workload.durationNs() + 1_000_000,
                workload.seed(),
                true));
    }

    @Test
    void standard_output_takes_either_the_workload_or_what_was_found() {
        CommandRunner.Outcome outcome = command.run("import", trace, "-o", "-", "--task", "p*ng", "--task", "8");
        assertThat(outcome.out()).startsWith("workload: 1\nname: trace\n").contains("- post: \"7>8\"");
        assertThat(outcome.err()).startsWith(trace + ": perf script, 2 CPUs").doesNotContain("workload: 1\n");
        CommandRunner.Outcome input = command.runWithInput(TRACE, "import", "-");
        assertThat(input.out()).startsWith("standard input: perf script, 2 CPUs");
    }

    @Test
    void only_the_tasks_asked_for() {
        String out = command.run("import", trace, "-o", "-", "--task", "pong").out();
        assertThat(out).contains("  pong-8:\n").contains("    start: 300us\n").doesNotContain("ping");
    }

    @Test
    void a_machine_that_is_asked_for_wins() {
        command.run("compare", trace, "--schedulers", "alpha", "--cpus", "3");
        assertThat(command.engine.requests.get(0).topology()).isEqualTo(Topology.of(1, 3, 1));
    }

    @Test
    void bad_choices_and_bad_traces_are_told_in_one_line() throws IOException {
        refused(
                "swtch: unknown task 'pongs': expected one of pong, ping (did you mean \"pong\"?)\n",
                trace,
                "--task",
                "pongs");
        String other = Files.writeString(folder.resolve("x.json"), "{\"tasks\": {\"t\": {\"run\": 5}}}")
                .toString();
        refused("swtch: --task: expected a recorded trace, found " + other + ", which is none\n", other, "--task", "t");
        String cut = Files.writeString(folder.resolve("cut.txt"), TRACE.substring(0, TRACE.length() - 30))
                .toString();
        refused(
                "swtch: " + cut
                        + ":8:135: the file is cut off within sched_switch: expected next_pid= after next_comm=,"
                        + " found 'swapp'\n",
                cut);
    }

    private void refused(String message, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "import";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CommandRunner.Outcome outcome = command.run(all);
        assertThat(outcome.err()).isEqualTo(message);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void what_is_doubtful_about_a_trace_is_a_warning() {
        CommandRunner.Outcome outcome = command.runWithInput(
                TRACE.replace("no event", "CPU:1 [LOST 5 EVENTS]"), "compare", "-", "--schedulers", "alpha");
        assertThat(outcome.err())
                .isEqualTo("swtch: warning: standard input:5:1: the recorder lost events, here or before; it says so 1"
                        + " times\n");
        assertThat(outcome.code()).isZero();
    }
}
