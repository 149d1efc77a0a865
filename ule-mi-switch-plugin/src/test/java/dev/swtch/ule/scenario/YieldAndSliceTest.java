package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.SECOND;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.workload.Workload;
import dev.swtch.ule.scenario.Scenario.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code SWT_RELINQUISH} and {@code SWT_NEEDRESCHED}. */
class YieldAndSliceTest {
    @Test
    void a_thread_that_yields_with_company_goes_behind_it() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("polite")
                        .threads(
                                "polite",
                                2,
                                t -> t.loop(10, b -> b.compute("1ms").yields())));
        assertEquals(20, ran.swt("relinquish"), ran::toString);
        long exits = 2;
        assertEquals(
                20 + exits,
                ran.thread("polite/0").switches() + ran.thread("polite/1").switches());
    }

    @Test
    void a_yield_alone_is_counted_but_does_not_switch() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("alone")
                        .thread("alone", t -> t.loop(10, b -> b.compute("1ms").yields())));
        assertEquals(10, ran.swt("relinquish"), ran::toString);
        assertEquals(10, ran.volition("sw_vol") - ran.swt("sleepq") - ran.swt("idle"), ran::toString);
        assertEquals(1, ran.thread("alone").switches(), "only its exit takes the CPU from it");
    }

    /** {@code yield(2)} makes the thread the worst of all timeshare threads until it is back in user mode. */
    @ParameterizedTest
    @CsvSource({"0,0", "1,2"})
    void a_better_thread_lets_a_hog_in_by_yield_only(long sysYield, int slicesOfHog) {
        Ran ran = Scenario.on("1")
                .with("sys_yield", sysYield)
                .run(Workload.builder("sys-yield")
                        .thread("hog", t -> t.does(b -> b.compute("8s")))
                        .thread(
                                "polite",
                                t -> t.start("5s")
                                        .loop(
                                                10,
                                                b -> b.compute("1ms")
                                                        .begin("yield")
                                                        .yields()
                                                        .end("yield"))));
        assertEquals(10, ran.swt("relinquish"), ran::toString);
        double statTick = SECOND / 127.0;
        double found = ran.label("yield").p50Ns() / statTick;
        assertTrue(Math.abs(found - 12 * slicesOfHog) < 1, () -> "a yield took " + found + " stat ticks");
        long exit = 1;
        assertEquals((slicesOfHog > 0 ? 10 : 0) + exit, ran.thread("polite").switches(), ran::toString);
    }

    @Test
    void two_hogs_change_at_the_end_of_each_slice_of_twelve_stat_ticks() {
        Ran ran = Scenario.on("1")
                .seconds(60)
                .run(Workload.builder("hogs").threads("hog", 2, t -> t.forever(b -> b.compute("1s"))));
        assertWithin(0.02, 127.0 / 12, ran.perSecond(ran.swt("needresched")), "slice ends per second");
        assertEquals(0, ran.volition("sw_preempt"), ran::toString);
    }

    @Test
    void a_better_timeshare_thread_that_wakes_gets_the_cpu_at_the_return_to_user_mode() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("wake")
                        .thread(
                                "nap",
                                t -> t.does(b -> b.sleep("1s")
                                        .loop(5, c -> c.sleep("10ms").compute("1ms"))))
                        .thread("hog", t -> t.does(b -> b.compute("2s"))));
        assertEquals(0, ran.swt("owepreempt"), ran::toString);
        // Once more for the thread's first wake-up, after a second.
        long exit = 1;
        assertEquals(5 + 1 + exit, ran.thread("hog").switches(), ran::toString);
        assertTrue(ran.swt("needresched") > 5 + 1, "the ends of its slices are counted too");
        assertEquals(0, ran.thread("nap").wakeToRun().maxNs());
    }

    @Test
    void a_running_thread_that_may_no_longer_use_its_cpu_leaves_it() {
        Ran ran = Scenario.on("2")
                .run(Workload.builder("affinity")
                        .thread(
                                "mover",
                                t -> t.affinity(0)
                                        .loop(
                                                5,
                                                b -> b.compute("1ms")
                                                        .setAffinity(1)
                                                        .compute("1ms")
                                                        .setAffinity(0))));
        assertEquals(10, ran.swt("needresched"), ran::toString);
        assertEquals(9, ran.thread("mover").migrations(), "it leaves before it works after the tenth");
    }

    @Test
    void the_balancer_lets_two_hogs_on_one_core_choose_again() {
        Ran ran = Scenario.on("1x2x2")
                .seconds(4)
                .run(Workload.builder("siblings")
                        .threads(
                                "hog",
                                2,
                                t -> t.affinity(0, 1)
                                        .does(b -> b.compute("1s").setAffinity())
                                        .forever(b -> b.compute("1s"))));
        assertTrue(ran.ipis("ipi_ast") > 0, ran::toString);
        assertTrue(ran.swt("needresched") > 0, ran::toString);
        assertEquals(
                1, ran.thread("hog/0").migrations() + ran.thread("hog/1").migrations(), "only one leaves the core");
    }
}
