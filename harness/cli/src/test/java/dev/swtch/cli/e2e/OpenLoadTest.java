package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.discovery.FoundPlugin;
import dev.swtch.engine.discovery.Plugins;
import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.ArrivalClock;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.TopologySpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What arrives from outside, under every scheduler. */
class OpenLoadTest {
    private static final long MS = 1_000_000;

    static Collection<FoundPlugin> plugins() {
        return Plugins.find(OpenLoadTest.class.getClassLoader(), null, false).all();
    }

    private static Workload read(String text) {
        return NativeYaml.read("w.yaml", ("workload: 1\n" + text).getBytes(StandardCharsets.UTF_8));
    }

    private static RunResult run(FoundPlugin plugin, Workload workload, int cpus, CostModel costs) {
        RunResult result = Simulation.run(new RunRequest(
                plugin.id(),
                plugin.plugin(),
                Map.of(),
                workload,
                TopologySpec.parse(Integer.toString(cpus)),
                costs,
                workload.durationNs() < 0 ? 1_000 * MS : workload.durationNs(),
                workload.seed(),
                true));
        assertThat(result.fault()).isNull();
        return result;
    }

    /** Whatever runs: a hog of a higher class must not delay an arrival, only what it brings. */
    @ParameterizedTest
    @MethodSource("plugins")
    void threads_are_released_when_they_arrive(FoundPlugin plugin) {
        Workload workload = read("""
                duration: 200ms
                threads:
                  hog: {count: 3, do: [{loop: {forever: true, do: [{compute: 7ms}]}}]}
                  request: {start: on-demand, do: [{compute: {exp: 1ms}}]}
                arrivals:
                  clients: {process: poisson, rate: 1000, each: {fork: request}}
                  ticks: {process: renewal, gap: 10ms, cpu: 1, stop: 100ms, each: {fork: request}}
                """);
        List<Long> expected = new ArrayList<>();
        for (int kind = 0; kind < 2; kind++) {
            ArrivalClock clock = workload.arrivals().get(kind).clock();
            for (long at = clock.nextNs(); at >= 0 && at < 200 * MS; at = clock.nextNs()) {
                expected.add(at);
            }
        }
        RunResult result = run(plugin, workload, 2, CostModel.zero());
        assertThat(result.threads().stream()
                        .filter(thread -> thread.path().indexOf('>') > 0)
                        .map(ThreadResult::releasedNs))
                .as(plugin.id())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(result.arrivals().get(1).arrived()).isEqualTo(9);
        assertThat(result.threads().stream().map(ThreadResult::path)).contains("ticks>request/8");
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void a_label_that_a_request_begins_with_begins_when_it_arrives(FoundPlugin plugin) {
        Workload workload = read("""
                threads:
                  request: {start: on-demand, do: [{begin: all}, {begin: wait}, {end: wait}, {compute: 2ms}, {end: all}]}
                arrivals:
                  clients: {process: trace, at: [5ms, 5ms, 30ms], each: {fork: request}}
                """);
        RunResult result = run(plugin, workload, 1, CostModel.zero());
        assertThat(result.outcome()).isEqualTo(Outcome.DONE);
        assertThat(result.elapsedNs()).as(plugin.id()).isEqualTo(32 * MS);
        assertThat(result.labels().get(0).population().endedNs())
                .as(plugin.id())
                .isEqualTo(8 * MS);
        assertThat(result.labels().get(1).population().endedNs()).isEqualTo(2 * MS);
        assertThat(result.threads().get(1).releasedNs()).isEqualTo(5 * MS);
        assertThat(result.threads().get(1).firstRunNs()).isEqualTo(7 * MS);
    }

    /** Work of 3 ms each, one every ms: with room for 2 every third that comes is let in. */
    @ParameterizedTest
    @MethodSource("plugins")
    void who_finds_no_room_is_turned_away_and_the_others_keep_their_work(FoundPlugin plugin) {
        Workload workload = read("""
                warmup: 10ms
                threads: {request: {start: on-demand, do: [{compute: 2900us}]}}
                arrivals: {clients: {process: renewal, gap: 1ms, limit: 31, room: 1, each: {fork: request}}}
                """);
        RunResult result = run(plugin, workload, 1, CostModel.zero());
        assertThat(result.threads().stream().map(ThreadResult::path).limit(3))
                .containsExactly("clients>request/0", "clients>request/3", "clients>request/6");
        assertThat(result.threads()).hasSize(11);
        assertThat(result.arrivals().get(0).arrived()).isEqualTo(22);
        assertThat(result.arrivals().get(0).turnedAway()).isEqualTo(14);
        assertThat(result.warmupNs()).isEqualTo(10 * MS);
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void arrivals_post_put_and_wake(FoundPlugin plugin) {
        Workload workload = read("""
                duration: 100ms
                objects: {s: sem, q: {queue: 2}, g: gate}
                threads:
                  poster: {do: [{loop: {forever: true, do: [{pend: s}, {begin: post}, {compute: 1us}, {end: post}]}}]}
                  taker: {do: [{sleep: 45ms}, {loop: {forever: true, do: [{get: q}, {begin: put}, {end: put}]}}]}
                  sleeper: {count: 2, do: [{loop: {forever: true, do: [{suspend: g}, {begin: wake}, {end: wake}]}}]}
                arrivals:
                  posts: {process: burst, gap: 10ms, size: 4, each: {post: s}}
                  puts: {process: renewal, gap: 10ms, each: {put: q}}
                  wakes: {process: trace, at: [20ms, 30ms], each: {wake: g}}
                """);
        RunResult result = run(plugin, workload, 2, CostModel.defaults());
        assertThat(result.labels().stream().map(label -> label.times().count()))
                .as(plugin.id())
                .containsExactly(36L, 7L, 4L);
        assertThat(result.arrivals().get(1).arrived()).isEqualTo(9);
        assertThat(result.arrivals().get(1).turnedAway()).as(plugin.id()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void a_run_ends_with_the_last_arrival_and_is_no_stall_before(FoundPlugin plugin) {
        Workload workload = read("""
                objects: {s: sem}
                threads: {t: {do: [{pend: s}, {pend: s}, {compute: 1ms}]}}
                arrivals: {late: {process: trace, at: [300ms, 600ms, 700ms], each: {post: s}}}
                """);
        RunResult result = run(plugin, workload, 1, CostModel.zero());
        assertThat(result.outcome()).as(plugin.id()).isEqualTo(Outcome.DONE);
        assertThat(result.threads().get(0).endNs()).isEqualTo(601 * MS);
        assertThat(result.elapsedNs()).isEqualTo(700 * MS);
    }
}
