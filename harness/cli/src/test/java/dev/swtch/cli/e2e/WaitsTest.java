package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.run.Expectations;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.spi.SchedulerPlugin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Waits that may end without what they are for, and who is served first, under every scheduler. */
class WaitsTest {
    private static final List<String> WORDS = List.of(
            "lock: {mutex: m",
            "lock: {mutex: fair",
            "pend: {sem: s",
            "pend: {sem: first",
            "get: {queue: q",
            "await: {event: e");

    private static Workload read(String text) {
        return NativeYaml.read("w.yaml", ("workload: 1\n" + text).getBytes(StandardCharsets.UTF_8));
    }

    /** What each way takes is so different that the work of a thread tells which it went. */
    private static String waits(String step) {
        return """
            objects: {m: mutex, fair: {mutex: {wake: fifo}}, s: sem, first: {sem: {wake: fifo}}, q: {queue: 1}, e: event}
            threads:
              holder:
                do: [{lock: m}, {lock: fair}, {compute: 100ms}, {unlock: fair}, {unlock: m}, {post: s}, {post: first}, {put: q}, {fire: e}]
              waiter: {start: 20ms, do: [{%s}, {compute: 1ms}]}
            """.formatted(step);
    }

    @Test
    void a_wait_ends_with_what_it_is_for_or_after_its_time() {
        for (SchedulerPlugin plugin : Kernels.all()) {
            for (String word : WORDS) {
                String ways = ", do: [{compute: 10ms}], else: [{compute: 5ms}]}";
                String what = plugin.descriptor().id() + " " + word;
                ThreadResult soon = waiter(plugin, word + ", timeout: 30ms" + ways);
                assertThat(soon.userNs()).as(what).isEqualTo(6_000_000);
                // A clock of 100 Hz ends a wait up to two ticks late.
                assertThat(soon.endNs()).as(what).isBetween(56_000_000L, 76_000_000L);
                ThreadResult late = waiter(plugin, word + ", timeout: 300ms" + ways);
                assertThat(late.userNs()).as(what).isEqualTo(11_000_000);
                assertThat(late.endNs()).as(what).isBetween(111_000_000L, 112_000_000L);
            }
        }
    }

    private static ThreadResult waiter(SchedulerPlugin plugin, String step) {
        RunResult result = Kernels.run(plugin, read(waits(step)), "2", CostModel.zero(), 1_000_000_000);
        assertThat(result.outcome()).as(step).isEqualTo(Outcome.DONE);
        return result.threads().get(1);
    }

    /** Whoever gave up is not served, not counted, and not in the way of those behind. */
    @Test
    void those_who_gave_up_are_passed_over() {
        for (String order : List.of("barging", "fifo", "priority")) {
            Workload workload = read("""
                objects: {s: {sem: {wake: %s}}, m: {mutex: {wake: %s}}}
                threads:
                  holder: {do: [{lock: m}, {compute: 100ms}, {unlock: m}, {post: s}, {post: s}]}
                  hasty: {start: 10ms, do: [{pend: {sem: s, timeout: 5ms}}, {lock: {mutex: m, timeout: 5ms, do: []}}]}
                  patient: {count: 2, start: 20ms, do: [{lock: m}, {unlock: m}, {pend: s}, {compute: 1ms}]}
                """.formatted(order, order));
            for (SchedulerPlugin plugin : Kernels.all()) {
                RunResult result = Kernels.run(plugin, workload, "2", CostModel.defaults(), 1_000_000_000);
                assertThat(result.outcome())
                        .as(plugin.descriptor().id() + order)
                        .isEqualTo(Outcome.DONE);
                assertThat(result.threads()).allMatch(ThreadResult::ended);
            }
        }
    }

    /** Ten threads wait in turn, those that come later being the more urgent. */
    @Test
    void what_is_posted_is_handed_over_in_the_order_of_the_object() {
        assertOrder("fifo", Comparator.naturalOrder());
        assertOrder("priority", Comparator.reverseOrder());
    }

    private static void assertOrder(String order, Comparator<Integer> expected) {
        Workload workload = read("""
            objects: {s: {sem: {wake: %s}}}
            threads:
              waiter:
                count: 10
                class: realtime
                priority: "${instance}"
                start: "${1ms * (instance + 1)}"
                do: [{pend: s}]
              poster: {start: 100ms, do: [{loop: {times: 10, do: [{compute: 1ms}, {post: s}]}}]}
            """.formatted(order));
        for (SchedulerPlugin plugin : Kernels.found()) {
            RunResult result = Kernels.run(plugin, workload, "2", CostModel.zero(), 1_000_000_000);
            List<Integer> served = result.threads().stream()
                    .filter(thread -> thread.path().startsWith("waiter/"))
                    .sorted(Comparator.comparingLong(ThreadResult::endNs))
                    .map(thread -> Integer.parseInt(thread.path().substring("waiter/".length())))
                    .toList();
            assertThat(served).as(plugin.descriptor().id() + " " + order).isSortedAccordingTo(expected);
        }
    }

    /** Which way a thread goes, the scheduler decides: only what it does besides is the same under all. */
    @Test
    void work_besides_the_ways_is_identical() {
        Workload workload = read("""
            duration: 300ms
            objects: {m: mutex}
            threads:
              t:
                count: 6
                do:
                  - loop:
                      forever: true
                      do:
                        - lock: {mutex: m, timeout: {exp: 1ms}, do: [{compute: {exp: 1ms}}], else: [{compute: {exp: 300us}}]}
                        - compute: {exp: 500us}
            """);
        List<SchedulerPlugin> kernels = Kernels.found();
        RunResult one = Kernels.run(kernels.get(0), workload, "2", CostModel.defaults(), workload.durationNs());
        RunResult other = Kernels.run(kernels.get(1), workload, "2", CostModel.defaults(), workload.durationNs());
        assertThat(one.threads()).allMatch(thread -> thread.steps() > 20);
        assertThat(Kernels.disagreements(one, other)).isEmpty();
    }

    @Test
    void the_language_as_a_whole_runs_on_every_kernel() throws Exception {
        Path file = Path.of("../engine/src/test/resources/language/every-word.yaml");
        Workload workload = NativeYaml.read(file.toString(), Files.readAllBytes(file));
        for (SchedulerPlugin plugin : Kernels.found()) {
            RunResult result = Kernels.run(plugin, workload, "2", CostModel.defaults(), workload.durationNs());
            assertThat(result.outcome()).as(plugin.descriptor().id()).isEqualTo(Outcome.DONE);
            assertThat(Expectations.unmet(workload, result)).isEmpty();
        }
    }

    /** Somebody whose wait ends does not hide that nobody else can go on. */
    @Test
    void a_stall_is_seen_after_the_last_wait_that_ends() {
        Workload workload = read("""
            objects: {a: mutex, b: mutex, s: sem}
            threads:
              x: {do: [{lock: a}, {sleep: 1ms}, {lock: b}, {unlock: b}, {unlock: a}]}
              y: {do: [{lock: b}, {sleep: 1ms}, {lock: a}, {unlock: a}, {unlock: b}]}
              z: {do: [{pend: {sem: s, timeout: 100ms}}]}
            """);
        for (SchedulerPlugin plugin : Kernels.found()) {
            RunResult result = Kernels.run(plugin, workload, "2", CostModel.zero(), 10_000_000_000L);
            assertThat(result.outcome()).as(plugin.descriptor().id()).isEqualTo(Outcome.STALLED);
            assertThat(result.elapsedNs()).isBetween(100_000_000L, 130_000_000L);
            assertThat(result.notes()).anyMatch(note -> note.contains("deadlock: x waits for mutex b of y"));
        }
    }
}
