package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.StepBuilder;
import dev.swtch.engine.workload.Workload;
import org.junit.jupiter.api.Test;

/** Threads in the kernel, tokens and idle CPUs (DragonFly 3.6, sys/kern/lwkt_thread.c and lwkt_token.c). */
class KernelThreadsTest {
    /** B-4: nothing preempts a kernel thread but an interrupt thread. */
    @Test
    void a_kernel_thread_that_never_yields_keeps_the_cpu() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("b4")
                        .threads("worker", 2, t -> t.kernelThread().forever(b -> b.kernelWork("1s")))
                        .build(),
                2_000);
        long[] ms = {kernelMs(result, "worker/0"), kernelMs(result, "worker/1")};
        assertTrue(Math.min(ms[0], ms[1]) <= 1_000 && Math.max(ms[0], ms[1]) >= 999, ms[0] + " and " + ms[1]);
    }

    /** B-4: with a yield in the loop they change over about once per hardclock of 10 ms, which rotates the queue. */
    @Test
    void kernel_threads_that_yield_alternate_about_once_per_hardclock() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("b4")
                        .threads(
                                "worker",
                                2,
                                t -> t.kernelThread()
                                        .forever(b -> b.kernelWork("100us").yields()))
                        .build(),
                2_000);
        long first = kernelMs(result, "worker/0");
        long second = kernelMs(result, "worker/1");
        assertTrue(Math.abs(first - second) < 100, first + " and " + second);
        long switches = Lab.thread(result, "worker/0").switches();
        assertTrue(switches >= 80 && switches <= 220, "switches " + switches);
    }

    /** B-5: it runs at the next block, yield or return to user mode. */
    @Test
    void a_woken_kernel_thread_waits_for_the_lwp_in_the_kernel() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("b5")
                        .semaphore("s", 0)
                        .device("nic", d -> d.at("30ms").posts("s"))
                        .thread(
                                "daemon",
                                t -> t.kernelThread().does(b -> b.pend("s").kernelWork("1ms")))
                        .thread("caller", t -> t.does(b -> b.kernelWork("100ms").compute("10ms")))
                        .build(),
                1_000);
        long wait = Lab.thread(result, "daemon").wakeToRun().maxNs();
        assertTrue(wait > 50 * Lab.MS, "waited " + wait);
    }

    /** B-6: the sleeper first gets the CPU when the waker goes back to user mode. */
    @Test
    void a_woken_lwp_runs_when_the_waker_returns_to_user_mode() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("b6")
                        .semaphore("s", 0)
                        .thread("sleeper", t -> t.does(b -> b.pend("s").compute("1ms")))
                        .thread(
                                "waker",
                                t -> t.does(b -> b.compute("5ms").post("s").compute("50ms")))
                        .build(),
                1_000);
        assertTrue(
                result.latencies().wakeToCpu().maxNs() < Lab.MS,
                result.latencies().wakeToCpu()::toString);
    }

    /** B-6: and not before: a better LWP, even a realtime one, waits for the end of the system call. */
    @Test
    void a_woken_lwp_does_not_preempt_an_lwp_in_the_kernel() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("b6")
                        .semaphore("s", 0)
                        .device("nic", d -> d.at("30ms").posts("s"))
                        .thread(
                                "sleeper",
                                t -> t.realtime(1).does(b -> b.pend("s").compute("1ms")))
                        .thread("caller", t -> t.does(b -> b.kernelWork("100ms").compute("50ms")))
                        .build(),
                1_000);
        long wait = Lab.thread(result, "sleeper").wakeToRun().maxNs();
        assertTrue(wait > 69 * Lab.MS && wait < 71 * Lab.MS, "waited " + wait);
    }

    /** B-10: blocking gives up all tokens, so opposite orders cannot deadlock. */
    @Test
    void tokens_taken_in_opposite_order_do_not_deadlock() {
        RunResult result = Lab.run(
                "2",
                Workload.builder("b10")
                        .serializer("x")
                        .serializer("y")
                        .thread("xy", t -> t.affinity(0).loop(50, b -> holdsBoth(b, "x", "y")))
                        .thread("yx", t -> t.affinity(1).loop(50, b -> holdsBoth(b, "y", "x")))
                        .build(),
                2_000);
        assertTrue(Lab.thread(result, "xy").ended() && Lab.thread(result, "yx").ended());
    }

    private static void holdsBoth(StepBuilder steps, String first, String second) {
        steps.serialized(
                first,
                one -> one.kernelWork("50us")
                        .serialized(second, both -> both.kernelWork("50us").sleep("200us")));
    }

    /** B-12: lines 729 to 740 and commit 844cfcd65d: an LWP bound for user mode does not run past a contender. */
    @Test
    void no_user_thread_runs_while_a_kernel_thread_on_its_cpu_contends_for_a_token() {
        RunResult result = Lab.run(
                "2",
                Workload.builder("b12")
                        .serializer("x")
                        .thread("holder", t -> t.affinity(1).does(b -> b.serialized("x", in -> in.kernelWork("100ms"))))
                        .thread(
                                "contender",
                                t -> t.kernelThread()
                                        .affinity(0)
                                        .does(b -> b.sleep("20ms").serialized("x", in -> in.kernelWork("1ms"))))
                        .thread("hog", t -> t.affinity(0).does(b -> b.compute("200ms")))
                        .build(),
                1_000);
        assertTrue(Lab.thread(result, "hog").readyNs() > 60 * Lab.MS, Lab.thread(result, "hog")::toString);
        assertTrue(result.cpus().spinNs() > 60 * Lab.MS, result.cpus()::toString);
    }

    /** B-13: the designation is given up only when the LWP blocks. */
    @Test
    void system_calls_that_do_not_block_cause_no_switch() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("b13")
                        .thread(
                                "caller",
                                t -> t.loop(1_000, b -> b.compute("10us").kernelWork("1us")))
                        .thread("hog", t -> t.forever(b -> b.compute("1s")))
                        .build(),
                100);
        assertTrue(Lab.thread(result, "caller").switches() < 10, Lab.thread(result, "caller")::toString);
    }

    /** B-20: uload goes after a second asleep; the next placement is as for a CPU that has nothing. */
    @Test
    void a_sleeper_of_more_than_a_second_comes_back_as_an_interactive_thread() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("b20")
                        .thread(
                                "sleeper",
                                t -> t.does(b -> b.compute("300ms")
                                        .sleep("3s")
                                        .compute("1ms")
                                        .sleep("20ms")
                                        .compute("1ms")))
                        .thread("hog", t -> t.forever(b -> b.compute("1s")))
                        .build(),
                5_000);
        assertTrue(Lab.thread(result, "sleeper").ended());
        assertTrue(
                Lab.thread(result, "sleeper").wakeToRun().maxNs() < 20 * Lab.MS,
                Lab.thread(result, "sleeper").wakeToRun()::toString);
    }

    /** B-25: one message per hop, to the CPU that is next. */
    @Test
    void a_thread_that_migrates_round_all_cpus_visits_each_by_one_message() {
        RunResult five = roundAllCpus(5);
        RunResult ten = roundAllCpus(10);
        assertEquals(4 * 10 - 1, Lab.thread(ten, "traveller").migrations(), "it begins on the first");
        assertEquals(4 * 5, Lab.counter(ten, "ipiq_count") - Lab.counter(five, "ipiq_count"));
    }

    private static RunResult roundAllCpus(int times) {
        return Lab.run(
                "4",
                Workload.builder("b25")
                        .thread(
                                "traveller",
                                t -> t.kernelThread().loop(times, b -> {
                                    for (int cpu = 0; cpu < 4; cpu++) {
                                        b.bind(cpu).kernelWork("100us").unbind();
                                    }
                                }))
                        .build(),
                1_000);
    }

    /** B-7: commit b12defdc61. */
    @Test
    void messages_to_a_busy_cpu_share_one_interrupt() {
        RunResult result = Lab.run(
                "2",
                Workload.builder("b7")
                        .semaphore("s", 0)
                        .threads(
                                "sleeper",
                                6,
                                t -> t.affinity(1).does(b -> b.pend("s").compute("100us")))
                        .thread(
                                "busy",
                                t -> t.affinity(1).does(b -> b.sleep("10ms").critical(in -> in.kernelWork("20ms"))))
                        .thread(
                                "waker",
                                t -> t.affinity(0)
                                        .does(b -> b.sleep("15ms")
                                                .post("s")
                                                .post("s")
                                                .post("s")
                                                .post("s")
                                                .post("s")
                                                .post("s")))
                        .build(),
                1_000);
        assertTrue(
                Lab.counter(result, "ipiq_avoided") >= 5,
                () -> result.counters().toString());
        for (int i = 0; i < 6; i++) {
            assertTrue(Lab.thread(result, "sleeper/" + i).ended());
            long wait = Lab.thread(result, "sleeper/" + i).wakeToRun().maxNs();
            assertTrue(wait > 10 * Lab.MS, "the wait counts from the waker's instant: " + wait);
        }
    }

    /** A stop is noticed at once by a thread in user mode, and on the way back by one in the kernel. */
    @Test
    void a_stopped_thread_does_nothing_until_it_is_continued() {
        RunResult result = Lab.run(
                "2",
                Workload.builder("stop")
                        .thread("user", t -> t.does(b -> b.compute("50ms")))
                        .thread("nap", t -> t.does(b -> b.sleep("30ms").compute("5ms")))
                        .thread(
                                "other",
                                t -> t.realtime(1)
                                        .does(b -> b.sleep("10ms")
                                                .stop("user")
                                                .stop("nap")
                                                .sleep("200ms")
                                                .continues("user")
                                                .continues("nap")))
                        .build(),
                1_000);
        assertTrue(result.elapsedNs() > 245 * Lab.MS && result.elapsedNs() < 275 * Lab.MS, "" + result.elapsedNs());
        assertEquals(50, Lab.userMs(result, "user"));
    }

    private static long kernelMs(RunResult result, String path) {
        return Lab.thread(result, path).kernelNs() / Lab.MS;
    }
}
