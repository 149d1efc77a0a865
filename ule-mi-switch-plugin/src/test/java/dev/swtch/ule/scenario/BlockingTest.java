package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.MS;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.swtch.engine.workload.Workload;
import dev.swtch.ule.scenario.Scenario.Ran;
import org.junit.jupiter.api.Test;

/** {@code SWT_TURNSTILE} and {@code SWT_SLEEPQ}. */
class BlockingTest {
    @Test
    void a_waiter_for_the_mutex_of_a_preempted_thread_blocks_once_and_lends_its_priority() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("inversion")
                        .kernelMutex("mtx")
                        .thread(
                                "holder",
                                t -> t.does(b -> b.kernelMutex("mtx", in -> in.kernelWork("50ms"))
                                        .compute("10ms")))
                        .thread(
                                "waiter",
                                t -> t.realtime(20)
                                        .start("10ms")
                                        .does(b -> b.begin("blocked").kernelMutex("mtx", in -> in.end("blocked"))))
                        .thread("middle", t -> t.realtime(10).start("20ms").does(b -> b.compute("100ms"))));
        assertEquals(1, ran.swt("turnstile"), ran::toString);
        assertWithin(0.001, 40 * MS, ran.label("blocked").maxNs(), "the holder ran at the waiter's priority");
        assertWithin(0.001, 160 * MS, ran.result().elapsedNs(), "then it fell back behind the one in the middle");
    }

    @Test
    void a_waiter_for_the_mutex_of_a_running_thread_spins_and_never_switches() {
        Ran ran = Scenario.on("2")
                .run(Workload.builder("adaptive")
                        .kernelMutex("mtx")
                        .thread(
                                "holder",
                                t -> t.affinity(0).does(b -> b.kernelMutex("mtx", in -> in.kernelWork("50ms"))))
                        .thread(
                                "waiter",
                                t -> t.affinity(1)
                                        .does(b -> b.compute("10ms").kernelMutex("mtx", in -> in.kernelWork("1ms")))));
        assertEquals(0, ran.swt("turnstile"), ran::toString);
        assertWithin(0.001, 40 * MS, ran.result().cpus().spinNs(), "time spun");
        assertEquals(0, ran.sleeps(), ran::toString);
        assertEquals(1, ran.thread("waiter").switches(), "only its exit");
    }

    @Test
    void each_sleep_with_a_timeout_is_one_switch() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("naps")
                        .thread("nap", t -> t.loop(20, b -> b.compute("1ms").sleep("3ms"))));
        assertEquals(20, ran.sleeps(), ran::toString);
    }

    @Test
    void each_sleep_without_a_timeout_is_one_switch() {
        Ran ran = Scenario.on("2")
                .run(Workload.builder("wakes")
                        .semaphore("go", 0)
                        .thread(
                                "sleeper",
                                t -> t.affinity(1).loop(20, b -> b.pend("go").compute("100us")))
                        .thread(
                                "waker",
                                t -> t.affinity(0)
                                        .loop(20, b -> b.compute("1ms").post("go"))));
        assertEquals(20, ran.sleeps(), ran::toString);
    }

    @Test
    void a_semaphore_that_is_free_takes_no_switch() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("free")
                        .semaphore("go", 20)
                        .thread("taker", t -> t.loop(20, b -> b.pend("go").compute("100us"))));
        assertEquals(0, ran.sleeps(), ran::toString);
    }
}
