package dev.swtch.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.result.Idling;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.TopologySpec;
import dev.swtch.spi.SchedulerPlugin;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CPUs that idle while threads wait, against schedules that are easy to write down. */
class WorkConservationTest {
    private static final long MS = 1_000_000;

    @Test
    void a_thread_that_waits_behind_another_while_a_cpu_idles_is_seen() {
        Idling idling = stubborn(three(), 1);
        assertThat(idling).isEqualTo(new Idling(1, 1, 20 * MS, 20 * MS, List.of(waited("c", 20))));
    }

    @Test
    void a_shorter_interval_than_the_threshold_is_left_out() {
        assertThat(stubborn(three(), 20 * MS).count()).isEqualTo(1);
        assertThat(stubborn(three(), 20 * MS + 1)).isEqualTo(new Idling(20 * MS + 1, 0, 0, 0, List.of()));
    }

    @Test
    void a_thread_that_may_not_use_the_idle_cpu_does_not_count() {
        WorkloadBuilder workload = Workload.builder("pinned")
                .thread("a", t -> t.does(b -> b.compute("30ms")))
                .thread("b", t -> t.does(b -> b.compute("10ms")))
                .thread("c", t -> t.affinity(0).does(b -> b.compute("20ms")));
        assertThat(stubborn(workload, 1).count()).isZero();
    }

    @Test
    void a_set_of_cpus_that_holds_the_idle_one_counts() {
        WorkloadBuilder workload = Workload.builder("set")
                .thread("a", t -> t.does(b -> b.compute("30ms")))
                .thread("b", t -> t.does(b -> b.compute("10ms")))
                .thread("c", t -> t.affinity(0, 1).does(b -> b.compute("20ms")));
        assertThat(stubborn(workload, 1).totalNs()).isEqualTo(20 * MS);
    }

    /** CPU 1 idles from 10 to 40 and from 50 ms on; on CPU 0, c waits for a until 30 ms, and a for c from 50 to 80 ms. */
    @Test
    void intervals_are_counted_apart_and_threads_by_the_time_they_waited() {
        WorkloadBuilder workload = Workload.builder("two")
                .thread("a", t -> t.does(b -> b.compute("30ms").sleep("20ms").compute("10ms")))
                .thread("b", t -> t.does(b -> b.compute("10ms").sleep("30ms").compute("10ms")))
                .thread("c", t -> t.does(b -> b.compute("50ms")));
        assertThat(stubborn(workload, 1))
                .isEqualTo(new Idling(1, 2, 50 * MS, 30 * MS, List.of(waited("a", 30), waited("c", 20))));
    }

    static Stream<SchedulerPlugin> conserving() {
        return Stream.of(
                new FirstComeFirstServed.Plugin(),
                new RoundRobin.Plugin(),
                new FixedPriority(),
                new ShortestJobFirst(),
                new ShortestRemainingTime(),
                new HighestResponseRatio.Plugin(),
                new EarliestDeadlineFirst(),
                new WorkConservingBound());
    }

    @ParameterizedTest
    @MethodSource("conserving")
    void one_queue_for_all_cpus_never_leaves_work_undone(SchedulerPlugin plugin) {
        WorkloadBuilder workload = Workload.builder("many")
                .threads("hog", 5, t -> t.does(b -> b.compute("20ms")))
                .threads("napper", 4, t -> t.loop(10, b -> b.compute("700us").sleep("1300us")));
        assertThat(run(plugin, workload, 1).idling()).isEqualTo(new Idling(1, 0, 0, 0, List.of()));
    }

    /** The movable thread came first, to the CPU that the pinned one has to use. */
    @Test
    void the_bound_moves_a_thread_out_of_the_way_of_one_that_has_no_choice() {
        WorkloadBuilder workload = Workload.builder("aside")
                .thread("movable", t -> t.does(b -> b.compute("50ms")))
                .thread("first", t -> t.does(b -> b.compute("5ms")))
                .thread("pinned", t -> t.affinity(0).does(b -> b.sleep("20ms").compute("100ms")));
        RunResult result = run(new WorkConservingBound(), workload, 1);
        assertThat(result.threads())
                .allSatisfy(
                        thread -> assertThat(thread.readyNs()).as(thread.path()).isLessThan(6 * MS));
    }

    /** On CPU 0, a runs to 30 ms and c after it; b leaves CPU 1 idle from 10 ms on. */
    private static WorkloadBuilder three() {
        return Workload.builder("three")
                .thread("a", t -> t.does(b -> b.compute("30ms")))
                .thread("b", t -> t.does(b -> b.compute("10ms")))
                .thread("c", t -> t.does(b -> b.compute("20ms")));
    }

    private static Idling.Waiter waited(String path, long ms) {
        return new Idling.Waiter(path, ms * MS);
    }

    private static Idling stubborn(WorkloadBuilder workload, long thresholdNs) {
        return run(new Stubborn.Plugin(), workload, thresholdNs).idling();
    }

    private static RunResult run(SchedulerPlugin plugin, WorkloadBuilder workload, long thresholdNs) {
        RunResult result = Simulation.run(new RunRequest(
                plugin.descriptor().id(),
                plugin,
                Map.of(),
                workload.build(),
                TopologySpec.parse("2"),
                CostModel.zero(),
                1_000 * MS,
                1,
                true,
                thresholdNs));
        assertThat(result.fault()).isNull();
        return result;
    }
}
