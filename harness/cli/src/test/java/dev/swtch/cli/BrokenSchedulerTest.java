package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.cli.e2e.PolicyJar;
import dev.swtch.engine.run.Simulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger gets to see whose scheduler is broken: the rule, the place in the own code, how to see it again. */
class BrokenSchedulerTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path jars;

    private CommandRunner command;

    @BeforeEach
    void prepare() throws IOException {
        command = new CommandRunner(folder);
        System.setProperty("swtch.patience", "3");
    }

    @AfterEach
    void waitAsUsual() {
        System.clearProperty("swtch.patience");
    }

    private CommandRunner.Outcome compare() {
        return command.runWith(
                Simulation::run,
                "",
                "compare",
                "mixed",
                "--duration",
                "40ms",
                "--schedulers",
                "stranger",
                "--plugin-path",
                jars.toString());
    }

    private void panics(String rule, String found, String members) throws IOException {
        PolicyJar.make(jars, members);
        CommandRunner.Outcome outcome = compare();
        assertThat(outcome.out())
                .contains("panic: stranger broke the rule \"" + rule + "\"\n")
                .contains(found)
                .contains("  reproduce  swtch compare mixed --schedulers stranger --cpus 1x4x1 --duration 40ms --seed 1"
                        + " --plugin-path " + jars + "\n")
                .doesNotContain("\tat ");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isEqualTo(3);
    }

    private void refused(String message) {
        CommandRunner.Outcome outcome = compare();
        assertThat(outcome.err())
                .startsWith("swtch: " + jars.resolve("stranger.jar") + ": ")
                .contains(message);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void an_exception_is_shown_with_its_place_in_the_schedulers_own_code() throws IOException {
        panics(
                "no-exceptions",
                "NullPointerException: Cannot invoke \"dev.swtch.spi.simple.ThreadQueue.isEmpty()\" because"
                        + " \"this.none\" is null (stranger.Stranger.pick, line 12)\n  where      CPU 1 at 0.105 us",
                "ThreadQueue none;\npublic SimpleThread pick(Cpu cpu) { return none.isEmpty() ? null : null; }");
        panics(
                "no-exceptions",
                "StackOverflowError (stranger.Stranger.preempts, line 11)",
                "public boolean preempts(SimpleThread one, SimpleThread other) { return !preempts(other, one); }");
        panics(
                "no-exceptions",
                "the plugin's create returned no scheduler",
                "public Scheduler create(SchedulerContext context) { return null; }");
    }

    @Test
    void what_is_returned_has_to_make_sense() throws IOException {
        panics(
                "told-cpu-exists",
                "enqueue returned CPU 4 for hog/0: expected 0 to 3, or ANY_CPU",
                "public int enqueue(Cpu c, SimpleThread t, ReadyReason r) { ready.addLast(c, t); return 4; }");
        panics(
                "slice-positive",
                "sliceNs returned 0 for starter: expected at least 1 ns",
                "public long sliceNs(SimpleThread thread) { return 0; }");
        panics(
                "thread-made",
                "thread returned null for starter",
                "public SimpleThread thread(ThreadSpec spec, ThreadBody body) { return null; }");
    }

    @Test
    void a_thread_runs_on_one_cpu_and_is_never_lost() throws IOException {
        panics(
                "context-on-two-cpus",
                "was loaded while it runs on cpu",
                "SimpleThread last; int n;\npublic SimpleThread pick(Cpu cpu) { SimpleThread next = ready.takeFor(cpu);"
                        + " if (++n == 100) return last; last = next; return next; }");
        panics(
                "kept-and-running",
                "cpu1 switches from thread 16777217 to hog/0",
                "public SimpleThread pick(Cpu cpu) { return ready.first(); }");
        panics(
                "lost-thread",
                "runs nowhere and the scheduler does not hold it",
                "int n;\npublic int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {"
                        + " return ++n == 50 ? ANY_CPU : super.enqueue(cpu, thread, reason); }");
    }

    @Test
    void a_call_that_never_returns_is_given_up() throws IOException {
        panics(
                "calls-return",
                "a call has not returned for 3 s of the host's time (stranger.Stranger.pick, line 12)",
                "int n;\npublic SimpleThread pick(Cpu cpu) { while (!Thread.currentThread().isInterrupted()) n++;"
                        + " return null; }");
    }

    @Test
    void memory_without_end_is_given_up() throws IOException {
        waitAsUsual();
        panics(
                "host-memory",
                "(stranger.Stranger.pick, line 12)",
                "List<long[]> all = new ArrayList<>();\npublic SimpleThread pick(Cpu cpu) {"
                        + " while (true) all.add(new long[Integer.MAX_VALUE - 8]); }");
    }

    @Test
    void a_jar_that_cannot_be_used_is_refused() throws IOException {
        Path jar = PolicyJar.make(jars, "public PluginDescriptor descriptor() { return null; }");
        refused("stranger.Stranger does not describe itself: its descriptor() returned null");
        byte[] bytes = Files.readAllBytes(jar);
        Files.write(jar, Arrays.copyOf(bytes, bytes.length / 2));
        refused("expected a jar, found what cannot be read as one");
        PolicyJar.make(
                jars,
                "public PluginDescriptor descriptor() { Tunable one = Tunable.flag(\"one\", true, \"x\");"
                        + " return describe(List.of(one, one)); }");
        refused("two tunables are called 'one'");
        PolicyJar.make(jars, "Stranger() {}");
        refused("expected a public class with a public constructor without arguments");
    }
}
