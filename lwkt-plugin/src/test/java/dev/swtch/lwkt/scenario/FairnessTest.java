package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.workload.Workload;
import dev.swtch.spi.thread.ThreadClass;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shares, turns and placement of LWPs that compete (DragonFly 3.6, sys/kern/usched_dfly.c). */
class FairnessTest {
    /** B-14: each on its own CPU, chips filled evenly. */
    @Test
    void as_many_hogs_as_cpus_get_one_each() {
        RunResult result = Lab.run(
                "2x2x1",
                Workload.builder("b14")
                        .threads("hog", 4, t -> t.does(b -> b.compute("400ms")))
                        .build(),
                2_000);
        assertTrue(result.elapsedNs() < 480 * Lab.MS, "elapsed " + result.elapsedNs());
    }

    /** B-15: 5 schedclock ticks of 20 ms each, equal long-run shares. */
    @Test
    void two_hogs_on_one_cpu_share_it_in_turns_of_100_ms_once_saturated() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("b15")
                        .threads("hog", 2, t -> t.forever(b -> b.compute("1s")))
                        .build(),
                10_000);
        long first = Lab.userMs(result, "hog/0");
        long second = Lab.userMs(result, "hog/1");
        assertTrue(Math.abs(first - second) <= 300, first + " ms and " + second + " ms");
        assertTrue(
                result.latencies().readyWait().p50Ns() <= 101 * Lab.MS,
                result.latencies().readyWait()::toString);
        assertTrue(
                result.latencies().readyWait().p99Ns() >= 99 * Lab.MS,
                result.latencies().readyWait()::toString);
    }

    /** B-16: commit 6f693557ce: the rover lets nobody keep a CPU for itself, by a migration in 160 ms at the most. */
    @Test
    void six_hogs_on_four_cpus_take_turns_in_sharing_one() {
        RunResult roving = sixHogs(Map.of());
        assertTrue(most(roving) < 18_000 && least(roving) > 9_900, most(roving) + " and " + least(roving) + " ms");
        assertTrue(roving.switches().migrations() > 20, roving.switches()::toString);
        assertTrue(roving.switches().migrations() <= 20_000 / 160, roving.switches()::toString);
        RunResult staying = sixHogs(Map.of("features", 0x8bL));
        assertTrue(most(staying) > 19_900, "without the rover two have a CPU each: " + most(staying));
        assertEquals(0, staying.switches().migrations());
    }

    private static RunResult sixHogs(Map<String, Long> tunables) {
        return Lab.run(
                "4",
                Workload.builder("b16")
                        .threads("hog", 6, t -> t.forever(b -> b.compute("1s")))
                        .build(),
                20_000,
                tunables);
    }

    private static long most(RunResult result) {
        return result.threads().stream().mapToLong(ThreadResult::userNs).max().orElseThrow() / Lab.MS;
    }

    private static long least(RunResult result) {
        return result.threads().stream().mapToLong(ThreadResult::userNs).min().orElseThrow() / Lab.MS;
    }

    /** B-17: priority about 152 to 157 against 229, so it steals the CPU on every wake. */
    @Test
    void an_interactive_thread_steals_the_cpu_from_hogs() {
        assertStealsFromHogs(Map.of());
    }

    static void assertStealsFromHogs(Map<String, Long> tunables) {
        RunResult result = Lab.run(
                "1",
                Workload.builder("b17")
                        .threads("hog", 3, t -> t.forever(b -> b.compute("1s")))
                        .thread(
                                "interactive",
                                t -> t.forever(b -> b.sleep("20ms").compute("1ms")))
                        .build(),
                5_000,
                tunables);
        long turns = Lab.userMs(result, "interactive");
        assertTrue(turns > 200, turns + " turns of 1 ms in 5 s");
        assertTrue(
                Lab.thread(result, "interactive").wakeToRun().p50Ns() < Lab.MS,
                Lab.thread(result, "interactive").wakeToRun()::toString);
    }

    /**
     * B-20: schedcpu counts the seconds of a sleep; after more than one the estimate is halved (priority 191), where else
     * it would hardly fade (219), and 218 of the nice hog could not be stolen from.
     */
    @Test
    void after_a_sleep_of_seconds_what_used_a_whole_cpu_is_interactive_again() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("b20")
                        .thread(
                                "sleeper",
                                t -> t.does(b -> b.compute("3s").sleep("7s").compute("1ms")))
                        .thread("hog", t -> t.nice(-10).start("4s").does(b -> b.compute("8s")))
                        .build(),
                20_000);
        assertTrue(
                Lab.thread(result, "sleeper").wakeToRun().maxNs() < Lab.MS,
                Lab.thread(result, "sleeper").wakeToRun()::toString);
    }

    /** B-29: commit 8cee56f46a: the competitor runs once per yield, whatever its priority. */
    @Test
    void sched_yield_lets_a_worse_competitor_run() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("b29")
                        .thread(
                                "yielder",
                                t -> t.loop(20, b -> b.compute("100us").yields()))
                        .thread("competitor", t -> t.nice(10).forever(b -> b.compute("1s")))
                        .build(),
                3_000);
        assertTrue(Lab.thread(result, "yielder").ended());
        assertTrue(Lab.thread(result, "yielder").switches() >= 20, Lab.thread(result, "yielder")::toString);
    }

    /** B-30: priorities are compared without their last two bits: a woken one that is hardly better waits for the other. */
    @Test
    void equals_that_wake_each_other_do_not_steal() {
        long equal = waitsForTheWaker(0);
        assertTrue(equal > 7 * Lab.MS && equal < 9 * Lab.MS, "waits for the rest of 8 ms: " + equal);
        long better = waitsForTheWaker(-10);
        assertTrue(better < Lab.MS, "steals: " + better);
    }

    /** Both are interactive; the waker was charged for a tick and designated with the priority that gave it. */
    private static long waitsForTheWaker(int nice) {
        RunResult result = Lab.run(
                "1",
                Workload.builder("b30")
                        .semaphore("ping", 0)
                        .thread(
                                "waker",
                                t -> t.does(
                                        b -> b.loop(40, in -> in.sleep("20ms").compute("10us"))
                                                .compute("22ms")
                                                .sleep("1ms")
                                                .post("ping")
                                                .compute("8ms")))
                        .thread(
                                "woken",
                                t -> t.nice(nice)
                                        .does(b -> b.loop(
                                                        38,
                                                        in -> in.sleep("20ms").compute("10us"))
                                                .pend("ping")
                                                .compute("100us")))
                        .build(),
                3_000);
        assertEquals(0, result.switches().migrations());
        return Lab.thread(result, "woken").wakeToRun().maxNs();
    }

    /** B-18: weight1 200 for staying against weight2 180 for the waker's chip and CPU: a pair that is placed stays. */
    @Test
    void a_producer_and_its_consumer_stay_on_their_chips() {
        RunResult placed = producerAndConsumer(Map.of());
        assertTrue(placed.switches().migrations() <= 8, placed.switches()::toString);
        assertTrue(Lab.userMs(placed, "producer") > 950, Lab.thread(placed, "producer")::toString);
        RunResult restless = producerAndConsumer(Map.of("weight1", 0L));
        assertTrue(restless.switches().migrations() > 40, restless.switches()::toString);
    }

    private static RunResult producerAndConsumer(Map<String, Long> tunables) {
        return Lab.run(
                "2x2x1",
                Workload.builder("b18")
                        .semaphore("full", 0)
                        .semaphore("empty", 0)
                        .thread(
                                "producer",
                                t -> t.forever(
                                        b -> b.compute("200us").post("full").pend("empty")))
                        .thread(
                                "consumer",
                                t -> t.forever(
                                        b -> b.pend("full").compute("200us").post("empty")))
                        .build(),
                2_000,
                tunables);
    }

    /** B-19: feature 0x80: children are spread over idle CPUs. */
    @Test
    void a_burst_of_short_children_is_spread_over_the_idle_cpus() {
        RunResult result = Lab.run(
                "1x4x1",
                Workload.builder("b19")
                        .thread("parent", t -> t.does(b -> b.fork("child", 8).compute("1ms")))
                        .onDemand("child", t -> t.does(b -> b.compute("20ms")))
                        .build(),
                1_000);
        assertTrue(result.elapsedNs() < 75 * Lab.MS, "elapsed " + result.elapsedNs());
    }

    /** {@code sys_rtprio} only notes the class: its priority, and what follows from it, come with the next schedclock. */
    @Test
    void a_new_class_counts_from_the_next_schedclock_on() {
        assertTrue(endOfIdleWorkMs("5ms") < 30, "ends before the one at 40 ms: " + endOfIdleWorkMs("5ms"));
        assertTrue(endOfIdleWorkMs("25ms") > 500, "has to wait for the hog: " + endOfIdleWorkMs("25ms"));
    }

    private static long endOfIdleWorkMs(String work) {
        RunResult result = Lab.run(
                "1",
                Workload.builder("class")
                        .thread("hog", t -> t.does(b -> b.compute("500ms")))
                        .thread(
                                "modest",
                                t -> t.nice(-10)
                                        .does(b -> b.sleep("21ms")
                                                .setClass(ThreadClass.IDLE, 0)
                                                .compute(work)))
                        .build(),
                2_000);
        return Lab.thread(result, "modest").endNs() / Lab.MS;
    }
}
