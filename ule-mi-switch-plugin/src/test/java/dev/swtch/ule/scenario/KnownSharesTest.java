package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.MS;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.MissPolicy;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.ule.scenario.Scenario.Ran;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets how much of one CPU: figures of small models of the same rules. */
class KnownSharesTest {
    private static double tolerance(String costs) {
        return costs.equals("zero") ? 0.02 : 0.10;
    }

    @ParameterizedTest
    @CsvSource({
        "zero,2,10.6",
        "zero,3,21.2",
        "zero,4,31.8",
        "zero,5,42.3",
        "zero,6,63.5",
        "zero,10,63.5",
        "zero,20,63.5",
        "default,2,10.6",
        "default,4,31.8",
        "default,6,63.5",
        "default,20,63.5"
    })
    void equal_hogs_share_equally_and_switch_at_the_ends_of_their_slices(String costs, int hogs, double rate) {
        Ran ran = Scenario.on("1").costs(Scenario.model(costs)).seconds(120).run(hogs(hogs));
        assertWithin(tolerance(costs), rate, ran.perSecond(ran.swt("needresched")), "switches per second");
        for (int i = 0; i < hogs; i++) {
            assertWithin(tolerance(costs), 1.0 / hogs, ran.share("hog/" + i), "share of hog " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "zero,0,5,50,50",
        "zero,0,10,50,50",
        "zero,0,20,53.4,46.6",
        "zero,0,-20,46.8,53.2",
        "zero,-20,20,66.7,33.3",
        "default,0,10,50,50",
        "default,0,20,53.4,46.6",
        "default,-20,20,66.7,33.3"
    })
    void nice_is_weak_between_hogs(String costs, int niceA, int niceB, double shareA, double shareB) {
        Ran ran = Scenario.on("1")
                .costs(Scenario.model(costs))
                .seconds(120)
                .run(Workload.builder("nice")
                        .thread("a", t -> t.nice(niceA).forever(b -> b.compute("1s")))
                        .thread("b", t -> t.nice(niceB).forever(b -> b.compute("1s"))));
        assertWithin(tolerance(costs), shareA / 100, ran.share("a"), "share of a");
        assertWithin(tolerance(costs), shareB / 100, ran.share("b"), "share of b");
    }

    @ParameterizedTest
    @CsvSource({"zero,10", "zero,30", "default,10", "default,30"})
    void an_interactive_thread_gets_all_it_wants_beside_a_hog(String costs, int duty) {
        Ran ran = Scenario.on("1").costs(Scenario.model(costs)).seconds(120).run(periodic(duty));
        assertWithin(tolerance(costs), duty / 100.0, ran.share("duty"), "share of the interactive thread");
        assertWithin(tolerance(costs), 1 - duty / 100.0, ran.share("hog"), "share of the hog");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero", "default"})
    void a_batch_thread_that_sleeps_gets_in_by_the_static_boost(String costs) {
        Ran ran = Scenario.on("1").costs(Scenario.model(costs)).seconds(120).run(periodic(50));
        assertWithin(tolerance(costs), 0.5, ran.share("duty"), "share of the thread");
        assertEquals(0, ran.thread("duty").wakeToRun().p50Ns() / MS, "it runs at once when it wakes");
    }

    /** Works a part of each 100 ms and sleeps the rest. */
    private static WorkloadBuilder periodic(int duty) {
        return Workload.builder("duty")
                .thread("duty", t -> t.forever(b -> b.compute(duty + "ms").every("100ms", MissPolicy.SKIP)))
                .thread("hog", t -> t.forever(b -> b.compute("1s")));
    }

    /**
     * Deviation: the model's sleeps end on time, here up to a sixteenth late, as FreeBSD's do, so that the threads want a
     * little less of the CPU; where the hog has only what they leave, that is a larger part of its share.
     */
    @ParameterizedTest
    @CsvSource({
        "zero,80,2ms,0.1,0",
        "zero,80,1ms,21.5,0.07",
        "zero,40,1ms,60,0.02",
        "default,80,1ms,21.5,0.10",
        "default,40,1ms,60,0.10"
    })
    void interactive_threads_starve_a_hog_while_they_can_fill_the_cpu(
            String costs, int threads, String burst, double hogPercent, double part) {
        Ran ran = Scenario.on("1")
                .costs(Scenario.model(costs))
                .seconds(120)
                .run(Workload.builder("starvation")
                        .threads(
                                "sysbench",
                                threads,
                                t -> t.forever(b -> b.compute(burst).sleep(Dist.uniform("50ms", "150ms"))))
                        .thread("fibo", t -> t.start("1s").forever(b -> b.compute("1s"))));
        double found = 100 * ran.share("fibo");
        if (hogPercent < 1) {
            assertTrue(found < 1, () -> "share of the hog " + found);
        } else {
            assertWithin(part, hogPercent, found, "share of the hog");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero", "default"})
    void the_idle_class_runs_only_when_nothing_else_can(String costs) {
        Ran ran = Scenario.on("1")
                .costs(Scenario.model(costs))
                .seconds(20)
                .run(Workload.builder("idle-class")
                        .thread("idle", t -> t.idleClass().forever(b -> b.compute("1s")))
                        .thread("hog", t -> t.does(b -> b.compute("10s"))));
        assertWithin(tolerance(costs), 0.5, ran.share("idle"), "share of the idle class");
        assertWithin(tolerance(costs), 0.5, ran.share("hog"), "share of the hog");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero", "default"})
    void realtime_threads_of_one_rank_take_turns_and_leave_others_nothing(String costs) {
        Ran ran = Scenario.on("1")
                .costs(Scenario.model(costs))
                .seconds(20)
                .run(Workload.builder("realtime")
                        .threads("rr", 2, t -> t.realtime(5).does(b -> b.compute("5s")))
                        .thread("late", t -> t.realtime(9).start("2s").does(b -> b.compute("1s")))
                        .thread("hog", t -> t.forever(b -> b.compute("1s"))));
        assertEquals(0, ran.thread("late").wakeToRun().p50Ns() / MS);
        assertWithin(tolerance(costs), 0.25, ran.share("rr/0"), "share of one");
        assertWithin(tolerance(costs), 0.25, ran.share("rr/1"), "share of the other");
        assertWithin(tolerance(costs), 0.45, ran.share("hog"), "the hog has what is left");
        assertTrue(ran.swt("needresched") > 10 * 10, ran::toString);
    }

    private static WorkloadBuilder hogs(int n) {
        return Workload.builder("hogs").threads("hog", n, t -> t.forever(b -> b.compute("1s")));
    }
}
