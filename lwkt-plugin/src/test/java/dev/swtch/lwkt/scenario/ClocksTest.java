package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.Quantiles;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.cost.Delay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clocks of a CPU: 100, 128 and 50 Hz and one-shot timers on one queue (DragonFly 3.6, sys/kern/kern_systimer.c). */
class ClocksTest {
    /** 100 hardclocks and 128 statclocks a second, of which 4 coincide, as do all 50 schedclocks. */
    private static final int PER_SECOND = 100 + 128 - 4;

    private static final Workload NOTHING = Workload.builder("nothing")
            .thread("sleeper", t -> t.does(b -> b.sleep("30s")))
            .build();

    /** B-24. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void an_idle_cpu_wakes_for_its_clocks_only(int cpus) {
        RunResult two = Lab.run("" + cpus, NOTHING, 2_000);
        RunResult seven = Lab.run("" + cpus, NOTHING, 7_000);
        long woken = seven.switches().interrupts() - two.switches().interrupts();
        assertEquals(5L * PER_SECOND * cpus, woken);
        assertTrue(seven.cpus().idleNs() > 6_990 * Lab.MS * cpus, seven.cpus()::toString);
    }

    /**
     * B-24: machdep.c, {@code cpu_idle_repeat}: after 750 turns without work an idle CPU halts. Each clock interrupt is a
     * turn: that is after 750 / 224 = 3.35 s.
     */
    @Test
    void an_idle_cpu_halts_after_three_seconds_and_a_third() {
        assertEquals(CostModel.defaults().delay(Delay.MONITOR_EXIT), exitNs("3300ms"));
        assertEquals(CostModel.defaults().delay(Delay.HALT_EXIT), exitNs("3400ms"));
    }

    /** How much longer a thread on an idle CPU takes to wake than on one that has just begun to idle. */
    private static long exitNs(String idle) {
        return wakesNs(idle) - wakesNs("1200ms") + CostModel.defaults().delay(Delay.MONITOR_EXIT);
    }

    private static long wakesNs(String idle) {
        RunResult result = Lab.run(
                "2",
                Workload.builder("idle")
                        .semaphore("s", 0)
                        .thread(
                                "waker",
                                t -> t.affinity(0).does(b -> b.sleep(idle).post("s")))
                        .thread(
                                "woken",
                                t -> t.kernelThread()
                                        .affinity(1)
                                        .does(b -> b.pend("s").kernelWork("1us")))
                        .build(),
                5_000);
        Quantiles waits = result.threads().get(1).wakeToRun();
        return waits.count() * waits.meanNs();
    }

    /** A saturated hog has a turn of 5 schedclocks of 20 ms, while the other waits. */
    @Test
    void a_saturated_hog_has_turns_of_five_schedclocks() {
        RunResult result = Lab.runForFree(
                "1",
                Workload.builder("turns")
                        .threads("hog", 2, t -> t.forever(b -> b.compute("1s")))
                        .build(),
                10_000);
        assertEquals(100 * Lab.MS, result.latencies().readyWait().p99Ns());
    }

    /**
     * Both are due when the critical section ends: the one-shot timer at 9 ms queues its sleeper before the hardclock at
     * 10 ms puts the running thread behind its equals.
     */
    @Test
    void timers_that_waited_run_in_the_order_they_were_due() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("order")
                        .thread(
                                "sleeper",
                                t -> t.kernelThread().does(b -> b.sleep("8ms").kernelWork("1ms")))
                        .thread(
                                "busy",
                                t -> t.kernelThread()
                                        .does(b -> b.critical(in -> in.kernelWork("12ms"))
                                                .yields()
                                                .kernelWork("50ms")))
                        .thread("equal", t -> t.kernelThread().does(b -> b.kernelWork("1ms")))
                        .build(),
                1_000);
        long waited = Lab.thread(result, "sleeper").wakeToRun().maxNs();
        assertTrue(waited < 3 * Lab.MS, "waited " + waited);
    }
}
