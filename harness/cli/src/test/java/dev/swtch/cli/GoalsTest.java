package dev.swtch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.discovery.FoundPlugin;
import dev.swtch.engine.discovery.Plugins;
import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.result.LabelResult;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.Expectations;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.bundled.BundledWorkloads;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a workload requires, measures and expects, through the door and under every scheduler. */
class GoalsTest {
    private static final String PERIODIC = """
            workload: 1
            duration: 100ms
            %s
            threads:
              t: {do: [{loop: {forever: true, do: [{begin: x}, {compute: 4ms}, {end: x}, {sleep: 6ms}]}}]}
              hog: {nice: 19, do: [{sleep: 50ms}, {compute: 1s}]}
            measure: {x: {deadline: 3ms}, fairness: {both: [t, hog], one: [t]}}
            expect:
              x.rate: {about: 100, within: 2}
              x.misses: {min: 9}
            """;

    @TempDir
    private Path folder;

    private static Workload read(String text) {
        return NativeYaml.read("w.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Collection<FoundPlugin> plugins() {
        return Plugins.find(GoalsTest.class.getClassLoader(), null, false).all();
    }

    private static FoundPlugin fcfs() {
        return plugins().stream()
                .filter(found -> found.id().equals("fcfs"))
                .findFirst()
                .orElseThrow();
    }

    private static RunResult run(FoundPlugin plugin, Workload workload, CostModel costs, long endNs) {
        return Simulation.run(new RunRequest(
                plugin.id(),
                plugin.plugin(),
                Map.of(),
                workload,
                Topology.of(1, 2, 1),
                costs,
                endNs,
                workload.seed(),
                true));
    }

    @Test
    void what_a_workload_requires_is_chosen_unless_an_option_says_otherwise() throws IOException {
        Path file = folder.resolve("w.yaml");
        Files.writeString(
                file, "workload: 1\nrequires: {cpus: 1, costs: zero}\nthreads: {t: {do: [{compute: 1ms}]}}\n");
        CommandRunner command = new CommandRunner(folder);
        CommandRunner.Outcome chosen = command.run("compare", file.toString());
        assertThat(chosen.code()).isZero();
        assertThat(chosen.out()).contains("1x1x1, ", ", zero costs");
        CommandRunner.Outcome refused = command.run("compare", file.toString(), "--cpus", "4", "--costs", "default");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .endsWith("w.yaml:2:11: the workload requires another machine: expected exactly 1 CPU and zero costs"
                        + " (--cpus 1x1x1 --costs zero), found 4 CPUs and default costs\n");
        Files.writeString(
                file, "workload: 1\nrequires: {cpus: \">=5\", numa: true, smt: true}\nthreads: {t: {do: [yield]}}\n");
        assertThat(command.run("compare", file.toString()).out()).contains("2x2x2/nodes=2, ");
    }

    @Test
    void a_run_that_ends_before_it_is_warm_is_refused() throws IOException {
        Path file = folder.resolve("w.yaml");
        Files.writeString(file, PERIODIC.formatted("warmup: 50ms"));
        CommandRunner.Outcome refused = new CommandRunner(folder).run("compare", file.toString(), "--duration", "50ms");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("expected a --duration longer than 50ms, found 50ms");
    }

    @Test
    void expectations_nobody_could_meet_or_miss_are_said_to_be_unchecked() throws IOException {
        Path file = folder.resolve("w.yaml");
        Files.writeString(
                file,
                "workload: 1\nthreads: {t: {do: [{compute: 1ms}]}}\n"
                        + "expect: {t.end: {exactly: 1ms, policy: gamma}, t.work: {about: 1ms, confidence: 0.99}}\n");
        CommandRunner.Outcome outcome =
                new CommandRunner(folder).run("compare", file.toString(), "--schedulers", "alpha");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).endsWith("""
                expectations of the workload
                  not checked: %1$s:3:10: t.end = 1ms: it holds for gamma
                  not checked: %1$s:3:48: t.work = 1ms with confidence 99%%: it needs several seeds, as --seeds 30 gives them
                """.formatted(file));
    }

    @Test
    void only_what_happens_after_the_warm_up_is_measured() {
        Workload cold = read(PERIODIC.formatted(""));
        Workload warm = read(PERIODIC.formatted("warmup: 50ms"));
        for (FoundPlugin plugin : plugins()) {
            RunResult all = run(plugin, cold, CostModel.zero(), cold.durationNs());
            RunResult late = run(plugin, warm, CostModel.zero(), warm.durationNs());
            RunResult early = run(plugin, cold, CostModel.zero(), 50_000_000);
            String who = plugin.id();
            assertThat(Expectations.unmet(cold, all)).as(who).isEmpty();
            assertThat(late.labels().get(0).times().count())
                    .as(who)
                    .isEqualTo(all.labels().get(0).times().count()
                            - early.labels().get(0).times().count());
            assertThat(late.switches().total())
                    .as(who)
                    .isEqualTo(all.switches().total() - early.switches().total());
            assertThat(late.cpus().userNs())
                    .as(who)
                    .isEqualTo(all.cpus().userNs() - early.cpus().userNs());
            assertThat(late.cpus().idleNs())
                    .as(who)
                    .isEqualTo(all.cpus().idleNs() - early.cpus().idleNs());
            assertThat(late.workNs()).as(who).isEqualTo(all.workNs() - early.workNs());
            assertThat(late.decisions()).as(who).isEqualTo(all.decisions() - early.decisions());
            assertThat(late.threads().get(0).stepHash())
                    .as(who)
                    .isEqualTo(all.threads().get(0).stepHash());
            assertThat(late.measuredNs()).isEqualTo(50_000_000);
        }
    }

    @Test
    void fairness_is_over_the_work_of_each_group() {
        Workload workload = read(PERIODIC.formatted(""));
        for (FoundPlugin plugin : plugins()) {
            RunResult result = run(plugin, workload, CostModel.zero(), workload.durationNs());
            long one = result.threads().get(0).workNs();
            long other = result.threads().get(1).workNs();
            assertThat(result.fairness().get(0).jainMillionths())
                    .as(plugin.id())
                    .isEqualTo((long) ((double) (one + other)
                            * (one + other)
                            * 500_000
                            / ((double) one * one + (double) other * other)));
            assertThat(result.fairness().get(1).jainMillionths()).isEqualTo(1_000_000);
        }
    }

    /** Two take 1 ms and 4 ms, the second ends 5 ms after its begin because the first has the CPU; then nobody for 5 ms. */
    @Test
    void a_label_tells_how_many_took_longer_and_how_long_so_many_were_under_way_and_what_was_small() {
        Workload workload = read("""
                workload: 1
                duration: 10ms
                threads:
                  t: {start: on-demand, do: [{begin: x}, {compute: {sequence: [1ms]}}, {end: x}]}
                  u: {start: on-demand, do: [{begin: x}, {compute: 4ms}, {end: x}]}
                arrivals:
                  t: {process: renewal, gap: 20ms, each: {fork: t}, start: 10ms}
                  once: {process: trace, at: [1ms], each: {fork: t}}
                  more: {process: trace, at: [1ms], each: {fork: u}}
                measure:
                  x: {above: [0, 900us], in-system: [1]}
                  small: {of: x, work: {max: 1ms}, deadline: 500us}
                  large: {of: x, work: {min: 1000001ns}, percentiles: [50]}
                expect:
                  x.above-1ms: {exactly: 0.5, policy: fcfs}
                  x.above-999.999us: {exactly: 1, policy: fcfs}
                  x.above-5ms: {exactly: 0, policy: fcfs}
                  x.in-system-0: {exactly: 0.5, policy: fcfs}
                  x.in-system-1: {exactly: 0.4, policy: fcfs}
                  x.in-system-2: {exactly: 0.1, policy: fcfs}
                  x.in-system-3: {exactly: 0, policy: fcfs}
                  small.max: {exactly: 1ms, policy: fcfs}
                  small.count: {exactly: 1, policy: fcfs}
                  small.misses: {exactly: 1, policy: fcfs}
                  large.mean: {exactly: 5ms, policy: fcfs}
                  large.above-4ms: {exactly: 1, policy: fcfs}
                  run.elapsed: {exactly: 10ms, policy: fcfs}
                """);
        FoundPlugin plugin = fcfs();
        RunResult result = Simulation.run(new RunRequest(
                plugin.id(),
                plugin.plugin(),
                Map.of(),
                workload,
                Topology.of(1, 1, 1),
                CostModel.zero(),
                workload.durationNs(),
                workload.seed(),
                true));
        assertThat(Expectations.unmet(workload, result)).isEmpty();
        assertThat(result.labels().stream().map(LabelResult::label)).containsExactly("x", "small", "large");
        assertThat(result.labels().get(0).above().stream().map(tail -> tail.ns() + ":" + tail.count()))
                .containsExactly("0:2", "900000:2", "999999:2", "1000000:1", "5000000:0");
    }

    @Test
    void each_thread_is_pinned_to_a_cpu_by_chance_alike_under_every_scheduler() {
        Workload workload = read("""
                workload: 1
                threads: {t: {count: 40, affinity: {one-of: [1, 0]}, do: [{compute: 1ms}]}}
                """);
        long onCpu0 = workload.threads().stream()
                .filter(t -> workload.affinitySet(t.affinitySet(t.key()))[0] == 0)
                .count();
        assertThat(onCpu0).isBetween(10L, 30L);
        for (FoundPlugin plugin : plugins()) {
            RunResult result = run(plugin, workload, CostModel.zero(), 60_000_000_000L);
            long busiestNs = Math.max(onCpu0, 40 - onCpu0) * 1_000_000;
            // A kernel may put off the first switch for a moment even where everything is free.
            assertThat(result.elapsedNs()).as(plugin.id()).isBetween(busiestNs, busiestNs + 10_000);
            assertThat(result.switches().migrations()).as(plugin.id()).isZero();
        }
    }

    /** Little's law, in every run of every bundled workload with labels and under every scheduler. */
    @Test
    void the_mean_number_under_way_is_the_rate_times_the_mean_time() {
        int labels = 0;
        for (BundledWorkloads.Bundled bundled : BundledWorkloads.list()) {
            Workload workload = BundledWorkloads.get(bundled.name());
            if (workload.probes().isEmpty() || workload.minimumCpus() > 2) {
                continue;
            }
            for (FoundPlugin plugin : plugins()) {
                RunResult result = run(plugin, workload, CostModel.defaults(), 200_000_000);
                for (LabelResult label : result.labels()) {
                    assertThat(label.population().isBalanced())
                            .as(bundled.name() + " under " + plugin.id() + ": " + label)
                            .isTrue();
                    assertThat(label.population().ended())
                            .isEqualTo(label.times().count());
                    labels++;
                }
            }
        }
        assertThat(labels).isGreaterThan(20);
    }

    /** An interval of 99 % over the seeds, here of values that are known: the seeds' numbers of rounds. */
    @Test
    void confidence_is_about_the_mean_over_all_seeds() {
        Workload workload = read("""
                workload: 1
                duration: 100ms
                threads: {t: {do: [{loop: {forever: true, do: [{begin: x}, {sleep: {exp: 1ms}}, {end: x}]}}]}}
                expect:
                  x.mean: {about: 1ms, confidence: 0.99}
                  x.count: {about: 100, confidence: 0.99}
                  x.max: {about: 1ms, confidence: 0.99}
                  x.min: {max: 1ms, confidence: 0.99}
                """);
        FoundPlugin plugin = fcfs();
        List<RunResult> runs = LongStream.rangeClosed(1, 30)
                .mapToObj(seed -> run(plugin, workload.withSeed(seed), CostModel.zero(), workload.durationNs()))
                .toList();
        List<Expectation> expected = workload.goals().expectations();
        assertThat(Expectations.unmet(workload, runs.get(0))).isEmpty();
        assertThat(Expectations.unmetBySample(expected.get(0), runs)).isEmpty();
        assertThat(Expectations.unmetBySample(expected.get(1), runs)).isEmpty();
        assertThat(Expectations.unmetBySample(expected.get(2), runs).orElseThrow())
                .startsWith("x.max = 1ms with confidence 99%, found 4")
                .endsWith(" over 30 seeds");
        assertThat(Expectations.unmetBySample(expected.get(3), runs)).isEmpty();
    }

    @Test
    void threads_that_wait_for_each_other_are_told_while_others_go_on() {
        Workload workload = read("""
                workload: 1
                duration: 100ms
                objects: {m: mutex, n: mutex}
                threads:
                  a: {do: [{lock: m}, {sleep: 5ms}, {lock: n}, {unlock: n}, {unlock: m}]}
                  b: {do: [{lock: n}, {sleep: 5ms}, {lock: m}, {unlock: m}, {unlock: n}]}
                  c: {do: [{sleep: 9ms}, {lock: m}, {unlock: m}]}
                  d: {do: [{loop: {forever: true, do: [{compute: 1ms}, {sleep: 1ms}]}}]}
                """);
        for (FoundPlugin plugin : plugins()) {
            RunResult result = run(plugin, workload, CostModel.zero(), workload.durationNs());
            assertThat(result.notes())
                    .as(plugin.id())
                    .containsExactly("deadlock: a waits for mutex n of b, b waits for mutex m of a");
            assertThat(result.threads().get(2).waitsFor()).isEqualTo("mutex m, held by a");
        }
    }
}
