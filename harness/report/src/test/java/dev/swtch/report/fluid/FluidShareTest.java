package dev.swtch.report.fluid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.report.fluid.FluidResult.LabelMean;
import dev.swtch.report.fluid.FluidResult.ThreadEnd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Shares that are easy to work out by hand. */
class FluidShareTest {
    private static final long MS = 1_000_000;
    private static final long SECOND = 1_000 * MS;

    @Test
    void three_threads_share_two_cpus_to_the_same_end() {
        WorkloadBuilder workload = Workload.builder("equal").threads("t", 3, t -> t.does(b -> b.compute("1s")));
        FluidResult result = share(workload, FluidRule.PROCESSOR_SHARING, 2);
        assertThat(result.ends()).extracting(ThreadEnd::endNs).containsOnly(1_500 * MS);
        assertThat(result.workNs()).isEqualTo(3 * SECOND);
        assertThat(result.elapsedNs()).isEqualTo(1_500 * MS);
    }

    @Test
    void short_jobs_leave_when_all_have_had_as_much() {
        WorkloadBuilder workload = Workload.builder("textbook")
                .thread("long", t -> t.does(b -> b.compute("24ms")))
                .thread("short", t -> t.does(b -> b.compute("3ms")))
                .thread("late", t -> t.start("10ms").does(b -> b.compute("3ms")));
        assertThat(share(workload, FluidRule.PROCESSOR_SHARING, 1).ends())
                .containsExactly(
                        new ThreadEnd("long", 30 * MS), new ThreadEnd("short", 6 * MS), new ThreadEnd("late", 16 * MS));
    }

    @Test
    void no_thread_runs_on_more_than_one_cpu() {
        WorkloadBuilder workload = Workload.builder("alone").thread("a", t -> t.does(b -> b.compute("1s")));
        assertThat(share(workload, FluidRule.FAIR_SHARE, 4).elapsedNs()).isEqualTo(SECOND);
    }

    @Test
    void each_nice_value_is_worth_a_fifth_less() {
        WorkloadBuilder workload = Workload.builder("nice")
                .thread("plain", t -> t.does(b -> b.compute("1250ms")))
                .thread("nice", t -> t.nice(1).does(b -> b.compute("1s")));
        assertThat(share(workload, FluidRule.FAIR_SHARE, 1).ends())
                .extracting(ThreadEnd::endNs)
                .containsExactly(2_250 * MS, 2_250 * MS);
    }

    @Test
    void a_thread_too_heavy_for_its_part_leaves_the_rest_to_the_others() {
        WorkloadBuilder workload = Workload.builder("heavy")
                .thread("heavy", t -> t.nice(-20).does(b -> b.compute("1s")))
                .threads("light", 2, t -> t.does(b -> b.compute("500ms")));
        assertThat(share(workload, FluidRule.FAIR_SHARE, 2).ends())
                .extracting(ThreadEnd::endNs)
                .containsOnly(SECOND);
    }

    @Test
    void realtime_threads_come_first_and_the_idle_class_last() {
        WorkloadBuilder workload = Workload.builder("classes")
                .thread("idle", t -> t.idleClass().does(b -> b.compute("10ms")))
                .thread("plain", t -> t.does(b -> b.compute("10ms")))
                .thread("low", t -> t.realtime(1).does(b -> b.compute("10ms")))
                .thread("high", t -> t.realtime(2).does(b -> b.compute("10ms")));
        assertThat(share(workload, FluidRule.FAIR_SHARE, 1).ends())
                .extracting(ThreadEnd::endNs)
                .containsExactly(40 * MS, 30 * MS, 20 * MS, 10 * MS);
    }

    @Test
    void labels_sleeps_timers_and_forks_take_their_time() {
        WorkloadBuilder workload = Workload.builder("steps")
                .onDemand(
                        "child",
                        t -> t.does(b -> b.begin("child").compute("10ms").end("child")))
                .thread(
                        "parent",
                        t -> t.does(b -> b.sleep("5ms").fork("child", 2).compute("10ms")));
        FluidResult result = share(workload, FluidRule.PROCESSOR_SHARING, 1);
        assertThat(result.labels()).isEqualTo(List.of(new LabelMean("child", 2, 30 * MS)));
        assertThat(result.elapsedNs()).isEqualTo(35 * MS);
    }

    @Test
    void the_run_ends_with_its_duration() {
        WorkloadBuilder workload = Workload.builder("endless")
                .threads("t", 3, t -> t.forever(b -> b.compute("7ms").sleep("0ms")));
        FluidResult result = FluidShare.of(workload.build(), FluidRule.PROCESSOR_SHARING, 2, SECOND)
                .orElseThrow();
        assertThat(result.workNs()).isBetween(2 * SECOND - 10, 2 * SECOND);
        assertThat(result.elapsedNs()).isEqualTo(SECOND);
    }

    @Test
    void says_why_a_workload_cannot_be_shared() {
        WorkloadBuilder locks = Workload.builder("locks")
                .mutex("m")
                .thread("t", t -> t.does(b -> b.lock("m").compute("1ms").unlock("m")));
        assertThat(FluidShare.whyNot(locks.build())).hasValue("thread t does more than compute, sleep and fork: lock");
        WorkloadBuilder pinned =
                Workload.builder("pinned").thread("t", t -> t.affinity(0).does(b -> b.compute("1ms")));
        assertThat(FluidShare.whyNot(pinned.build())).hasValue("some threads may not use every CPU");
    }

    private static FluidResult share(WorkloadBuilder builder, FluidRule rule, int cpus) {
        Workload workload = builder.build();
        assertThat(FluidShare.whyNot(workload)).isEmpty();
        return FluidShare.of(workload, rule, cpus, 100 * SECOND).orElseThrow();
    }
}
