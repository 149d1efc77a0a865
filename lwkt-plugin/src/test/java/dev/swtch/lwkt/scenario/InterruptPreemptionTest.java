package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.workload.StepBuilder;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * When an interrupt thread preempts, by where the interrupt arrives: the critical sections {@code lwkt_preempt} counts
 * decide (DragonFly 3.6, sys/kern/lwkt_thread.c, lines 963 to 1079; sys/platform/pc64/x86_64/exception.S and ipl.s).
 */
class InterruptPreemptionTest {
    private static WorkloadBuilder device(String... times) {
        return Workload.builder("interrupts")
                .device("nic", d -> d.threaded().handler("20us").at(times));
    }

    private static RunResult victim(Consumer<StepBuilder> does, String... times) {
        return Lab.run("1", device(times).thread("victim", t -> t.does(does)).build(), 1_000);
    }

    private static void assertHits(RunResult result, long hit, long miss) {
        assertAll(
                () -> assertEquals(hit, Lab.counter(result, "preempt_hit"), "preempt_hit"),
                () -> assertEquals(miss, Lab.counter(result, "preempt_miss"), "preempt_miss"),
                () -> assertEquals(0, Lab.counter(result, "preempt_weird"), "preempt_weird"));
    }

    /** B-1. */
    @Test
    void an_interrupt_thread_preempts_user_mode_and_the_victim_goes_on_in_place() {
        RunResult result = victim(b -> b.compute("50ms"), "11500us", "23456us", "37777us");
        assertHits(result, 3, 0);
        assertEquals(0, Lab.thread(result, "victim").migrations());
    }

    /** B-1. */
    @Test
    void it_preempts_kernel_work_outside_critical_sections() {
        assertHits(victim(b -> b.kernelWork("50ms"), "11500us", "23456us", "37777us"), 3, 0);
    }

    /** B-2: pended, and run by splz when the outermost section ends. */
    @Test
    void in_a_critical_section_it_waits_for_the_end_of_the_outermost_one_and_preempts_then() {
        RunResult one = victim(b -> b.critical(in -> in.kernelWork("9ms")).compute("5ms"), "4ms");
        RunResult two = victim(
                b -> b.critical(out -> out.critical(in -> in.kernelWork("5ms")).kernelWork("4ms"))
                        .compute("5ms"),
                "2ms");
        assertHits(one, 1, 0);
        assertHits(two, 1, 0);
    }

    /** The end of a spin lock is a pure decrement; what waits is run at the next chance. */
    @Test
    void under_a_spin_lock_it_waits_beyond_the_unlock_and_is_not_lost() {
        RunResult result = Lab.run(
                "1",
                device("4ms")
                        .spinLock("spin")
                        .thread(
                                "victim",
                                t -> t.does(b -> b.spinLocked("spin", in -> in.kernelWork("9ms"))
                                        .kernelWork("5ms")
                                        .compute("5ms")))
                        .build(),
                1_000);
        assertEquals(1, Lab.counter(result, "preempt_hit") + Lab.counter(result, "preempt_miss"));
    }

    /** the idle thread keeps priority 12, which an interrupt thread's 28 beats. */
    @Test
    void it_preempts_the_idle_thread() {
        assertHits(victim(b -> b.sleep("50ms"), "11500us", "23456us"), 2, 0);
    }

    /** An interrupt while the thread already runs only counts up; it looks again before it sleeps. */
    @Test
    void an_interrupt_during_its_own_thread_starts_no_second_one() {
        assertHits(victim(b -> b.compute("50ms"), "11500us", "11510us"), 1, 0);
    }

    @Test
    void with_preempt_enable_off_it_misses_and_runs_through_the_ast() {
        RunResult result = Lab.run(
                "1",
                device("11500us", "23456us")
                        .thread("victim", t -> t.does(b -> b.compute("50ms")))
                        .build(),
                1_000,
                Map.of("preempt_enable", 0L));
        assertHits(result, 0, 2);
    }

    /** 3.1.10: another CPU waits for the token all the while. */
    @Test
    void the_victim_keeps_its_serializer_while_preempted() {
        RunResult result = Lab.run(
                "2",
                device("5ms")
                        .serializer("token")
                        .thread(
                                "victim",
                                t -> t.affinity(0).does(b -> b.serialized("token", in -> in.kernelWork("20ms"))))
                        .thread(
                                "other",
                                t -> t.affinity(1)
                                        .does(b -> b.sleep("2ms").serialized("token", in -> in.kernelWork("1ms"))))
                        .build(),
                1_000);
        assertHits(result, 1, 0);
        assertTrue(result.cpus().spinNs() > 15 * Lab.MS, "the other polls for the token on its own CPU");
    }

    /**
     * Arriving anywhere in 60 us of system calls that block, wake, lock and yield, it is served, once: it preempts at once
     * or at the end of the critical section, or runs when the thread leaves.
     */
    @Test
    void wherever_in_a_path_it_arrives_it_is_served_once() {
        long hits = 0;
        for (int i = 0; i < 300; i++) {
            RunResult result = Lab.run("1", sweep((11_500_000 + 200L * i) + "ns"), 1_000);
            assertTrue(Lab.thread(result, "served").ended(), "arrival " + i);
            long hit = Lab.counter(result, "preempt_hit");
            long miss = Lab.counter(result, "preempt_miss");
            assertEquals(1, Lab.counter(result, "v_intr"));
            assertEquals(1, hit + miss, "arrival " + i + ": " + hit + " hits, " + miss + " misses");
            hits += hit;
        }
        assertTrue(hits > 200, hits + " hits");
    }

    /**
     * Arriving anywhere in a nanosleep by a one-shot timer, also where the thread has taken itself off the run queue but not
     * switched yet, it is served once, and the sleep is as long as without it, but for the handler.
     */
    @Test
    void wherever_in_a_short_sleep_it_arrives_neither_is_lost() {
        for (int i = 0; i < 320; i++) {
            int arrival = i;
            RunResult result = Lab.run(
                    "1",
                    device((11_500_000 + 500L * i) + "ns")
                            .thread(
                                    "sleeper",
                                    t -> t.does(b -> b.compute("11400us")
                                            .loop(40, in -> in.sleep("150us").compute("1us"))))
                            .build(),
                    1_000);
            ThreadResult sleeper = Lab.thread(result, "sleeper");
            assertEquals(1, Lab.counter(result, "preempt_hit") + Lab.counter(result, "preempt_miss"));
            long took = sleeper.endNs() - sleeper.firstRunNs() - 11_400_000 - 40 * 151_000;
            assertTrue(took > 0 && took < 40 * 2_500 + 25_000, () -> "arrival " + arrival + ": " + took);
        }
    }

    private static Workload sweep(String at) {
        return Workload.builder("sweep")
                .device("nic", d -> d.threaded().handler("5us").at(at).posts("done"))
                .semaphore("done", 0)
                .semaphore("ping", 0)
                .semaphore("pong", 0)
                .kernelMutex("mutex")
                .serializer("token")
                .thread("served", t -> t.does(b -> b.pend("done").compute("1us")))
                .thread(
                        "echo",
                        t -> t.loop(40, b -> b.pend("ping").compute("1us").post("pong")))
                .thread(
                        "caller",
                        t -> t.does(b -> b.compute("11400us")
                                .loop(
                                        40,
                                        in -> in.post("ping")
                                                .pend("pong")
                                                .critical(c -> c.kernelWork("500ns"))
                                                .kernelMutex("mutex", c -> c.kernelWork("300ns"))
                                                .serialized("token", c -> c.kernelWork("300ns"))
                                                .yields())))
                .build();
    }

    @Test
    void a_fast_handler_needs_no_thread() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("fast")
                        .device("clock", d -> d.handler("20us").at("11500us", "23456us"))
                        .thread("victim", t -> t.does(b -> b.compute("50ms")))
                        .build(),
                1_000);
        assertHits(result, 0, 0);
        assertEquals(2, Lab.counter(result, "v_intr"));
    }
}
