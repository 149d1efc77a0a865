package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.MS;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.workload.Workload;
import dev.swtch.ule.scenario.Scenario.Ran;
import org.junit.jupiter.api.Test;

/** {@code SWT_IWAIT}, {@code SWT_SUSPEND}, {@code SWT_BIND}, and the switches that are of no type. */
class OtherSwitchesTest {
    @Test
    void an_interrupt_during_the_handler_runs_it_again_before_the_thread_waits_once() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("again")
                        .device("net", d -> d.threaded().at("50ms", "52ms").handler("5ms"))
                        .thread("hog", t -> t.does(b -> b.compute("90ms"))));
        assertEquals(1, ran.swt("iwait"), ran::toString);
        assertEquals(1, ran.swt("owepreempt"), ran::toString);
        assertWithin(1e-6, 100 * MS, ran.result().elapsedNs(), "two rounds of the handler");
    }

    @Test
    void two_interrupts_apart_are_two_waits() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("apart")
                        .device("net", d -> d.threaded().at("50ms", "60ms").handler("5ms"))
                        .thread("hog", t -> t.does(b -> b.compute("90ms"))));
        assertEquals(2, ran.swt("iwait"), ran::toString);
        assertEquals(2, ran.swt("owepreempt"), ran::toString);
    }

    @Test
    void a_running_thread_that_is_stopped_suspends_at_its_way_to_user_mode() {
        Ran ran = Scenario.on("2")
                .run(Workload.builder("stop")
                        .thread("stopped", t -> t.affinity(1).does(b -> b.compute("50ms")))
                        .thread(
                                "other",
                                t -> t.affinity(0)
                                        .does(b -> b.compute("10ms")
                                                .stop("stopped")
                                                .compute("100ms")
                                                .continues("stopped"))));
        assertEquals(1, ran.volition("suspend, sw_invol"), ran::toString);
        assertEquals(1, ran.swt("suspend"), ran::toString);
        assertEquals(1, ran.ipis("ipi_ast"), ran::toString);
        assertWithin(1e-6, 150 * MS, ran.result().elapsedNs(), "elapsed");
    }

    @Test
    void a_thread_that_stops_itself_suspends_voluntarily() {
        Ran ran = Scenario.on("2")
                .run(Workload.builder("stop-self")
                        .thread(
                                "stopped",
                                t -> t.does(
                                        b -> b.compute("10ms").stop("stopped").compute("10ms")))
                        .thread("other", t -> t.does(b -> b.compute("100ms").continues("stopped"))));
        assertEquals(1, ran.volition("suspend, sw_vol"), ran::toString);
        assertEquals(1, ran.swt("suspend"), ran::toString);
        assertWithin(1e-6, 110 * MS, ran.result().elapsedNs(), "elapsed");
    }

    @Test
    void a_sleeping_thread_is_stopped_in_place_without_a_switch() {
        Ran ran = Scenario.on("2")
                .run(Workload.builder("stop-asleep")
                        .semaphore("go", 0)
                        .thread(
                                "asleep",
                                t -> t.affinity(1).does(b -> b.pend("go").compute("10ms")))
                        .thread(
                                "other",
                                t -> t.affinity(0)
                                        .does(b -> b.compute("10ms")
                                                .stop("asleep")
                                                .compute("10ms")
                                                .post("go")
                                                .compute("10ms")
                                                .continues("asleep")
                                                .compute("50ms"))));
        assertEquals(0, ran.swt("suspend"), ran::toString);
        assertEquals(1, ran.sleeps(), ran::toString);
        assertWithin(1e-6, 80 * MS, ran.result().elapsedNs(), "elapsed");
    }

    @Test
    void a_thread_that_binds_itself_to_another_cpu_switches_once_and_to_its_own_never() {
        Ran ran = Scenario.on("2")
                .run(Workload.builder("bind")
                        .thread(
                                "mover",
                                t -> t.affinity(0, 1)
                                        .does(b -> b.compute("1ms")
                                                .bind(0)
                                                .kernelWork("1ms")
                                                .bind(0)
                                                .kernelWork("1ms")
                                                .unbind()
                                                .unbind()
                                                .bind(1)
                                                .kernelWork("1ms")
                                                .unbind()))
                        .thread("hog", t -> t.affinity(1).does(b -> b.compute("2ms"))));
        assertEquals(1, ran.swt("bind"), ran::toString);
        assertEquals(1, ran.thread("mover").migrations(), ran::toString);
    }

    @Test
    void a_cpu_that_wakes_a_thread_before_it_is_saved_waits_for_the_hand_off() {
        Ran ran = Scenario.on("1x8x1")
                .costs(Scenario.model("default"))
                .run(Workload.builder("hand-off")
                        .semaphore("ball", 3)
                        .threads(
                                "player",
                                16,
                                t -> t.loop(
                                        400, b -> b.pend("ball").compute("1us").post("ball"))));
        assertTrue(ran.result().switches().handoffWaits() > 0, ran::toString);
    }

    @Test
    void an_exit_is_counted_by_vmstat_only_and_the_start_of_a_cpu_not_at_all() {
        for (int byThrow = 0; byThrow < 2; byThrow++) {
            Ran ran = Scenario.on("4")
                    .with("exit_by_throw", byThrow)
                    .run(Workload.builder("exits").threads("brief", 9, t -> t.does(b -> b.compute("1ms"))));
            long counted = ran.volition("sw_vol") + ran.volition("sw_invol");
            assertEquals(9, ran.counter("vmstat", "v_swtch") - counted, ran::toString);
        }
    }
}
