package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.MS;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.workload.StepBuilder;
import dev.swtch.engine.workload.Workload;
import dev.swtch.ule.scenario.Scenario.Ran;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** {@code SWT_SUSPEND}: threads that are stopped, wherever they are, and go on. */
class SuspendTest {
    private static void assertSuspended(int voluntarily, int involuntarily, Ran ran) {
        assertEquals(voluntarily, ran.volition("suspend, sw_vol"), ran::toString);
        assertEquals(involuntarily, ran.volition("suspend, sw_invol"), ran::toString);
    }

    /** One thread on CPU 1, and another on CPU 0 that stops it and lets it go on. */
    private static Ran stopping(Consumer<StepBuilder> stopped, Consumer<StepBuilder> other) {
        return Scenario.on("2")
                .run(Workload.builder("stopping")
                        .semaphore("go", 0)
                        .thread("stopped", t -> t.affinity(1).does(stopped))
                        .thread("other", t -> t.affinity(0).does(other)));
    }

    @Test
    void a_running_thread_suspends_at_its_way_to_user_mode() {
        Ran ran = stopping(
                b -> b.compute("50ms"),
                b -> b.compute("10ms").stop("stopped").compute("100ms").continues("stopped"));
        assertSuspended(0, 1, ran);
        assertEquals(1, ran.ipis("ipi_ast"), ran::toString);
        assertWithin(1e-6, 150 * MS, ran.result().elapsedNs(), "elapsed");
    }

    @Test
    void a_thread_that_stops_itself_suspends_voluntarily() {
        Ran ran = stopping(
                b -> b.compute("10ms").stop("stopped").compute("10ms"),
                b -> b.compute("100ms").continues("stopped"));
        assertSuspended(1, 0, ran);
        assertWithin(1e-6, 110 * MS, ran.result().elapsedNs(), "elapsed");
    }

    @Test
    void a_sleeping_thread_is_stopped_in_place_without_a_switch() {
        Ran ran = stopping(
                b -> b.pend("go").compute("10ms"),
                b -> b.compute("10ms")
                        .stop("stopped")
                        .compute("10ms")
                        .post("go")
                        .compute("10ms")
                        .continues("stopped")
                        .compute("50ms"));
        assertSuspended(0, 0, ran);
        assertEquals(1, ran.sleeps(), ran::toString);
        assertWithin(1e-6, 80 * MS, ran.result().elapsedNs(), "elapsed");
        assertWithin(1e-6, 40 * MS, ran.thread("stopped").endNs(), "it went on when it was let");
    }

    /** Stops each thread of a process in turn, as the default action of a stop signal does. */
    @Test
    void a_process_is_stopped_each_thread_where_it_is_and_goes_on_as_it_was() {
        Ran ran = Scenario.on("4")
                .run(Workload.builder("process")
                        .semaphore("go", 0)
                        .thread(
                                "t1",
                                t -> t.process("p")
                                        .affinity(0)
                                        .does(b -> b.compute("10ms")
                                                .stop("t2")
                                                .stop("t3")
                                                .stop("t1")
                                                .compute("10ms")))
                        .thread("t2", t -> t.process("p").affinity(1).does(b -> b.compute("50ms")))
                        .thread("t3", t -> t.process("p").affinity(2).does(b -> b.pend("go")))
                        .thread(
                                "shell",
                                t -> t.affinity(3)
                                        .does(b -> b.compute("100ms")
                                                .continues("t1")
                                                .continues("t2")
                                                .continues("t3")
                                                .compute("100ms")
                                                .post("go"))));
        assertSuspended(1, 1, ran);
        assertEquals(1, ran.ipis("ipi_ast"), ran::toString);
        assertEquals(1, ran.sleeps(), "the one that slept was neither woken nor put to sleep again");
        assertWithin(1e-6, 110 * MS, ran.thread("t1").endNs(), "end of the one that stopped all");
        assertWithin(1e-6, 140 * MS, ran.thread("t2").endNs(), "end of the one that ran");
        assertWithin(1e-6, 200 * MS, ran.thread("t3").endNs(), "end of the one that slept");
    }

    @Test
    void a_thread_in_the_kernel_suspends_before_it_sleeps_and_sleeps_after() {
        Ran ran = stopping(
                b -> b.bind(1).kernelWork("20ms").pend("go").unbind(),
                b -> b.compute("10ms")
                        .stop("stopped")
                        .compute("20ms")
                        .continues("stopped")
                        .compute("20ms")
                        .post("go"));
        assertSuspended(0, 1, ran);
        assertEquals(1, ran.sleeps(), ran::toString);
        assertWithin(1e-6, 50 * MS, ran.result().elapsedNs(), "elapsed");
    }

    /**
     * The race of {@code SWT_SLEEPQ}: the test for the stop drops the chain's lock, so the thread can be woken between
     * {@code sleepq_add} and {@code sleepq_switch}.
     */
    @Test
    void a_thread_that_is_woken_between_queueing_and_switching_does_not_sleep() {
        Ran ran = stopping(
                b -> b.bind(1).kernelWork("20ms").pend("go").unbind(),
                b -> b.compute("10ms")
                        .stop("stopped")
                        .compute("20ms")
                        .post("go")
                        .compute("20ms")
                        .continues("stopped"));
        assertSuspended(0, 1, ran);
        assertEquals(0, ran.sleeps(), ran::toString);
        assertTrue(ran.thread("stopped").ended(), "the wake-up was not lost");
        assertWithin(1e-6, 50 * MS, ran.result().elapsedNs(), "elapsed");
    }
}
