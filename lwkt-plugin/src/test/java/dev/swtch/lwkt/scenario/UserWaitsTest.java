package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.Step;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.Charge;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How programs sleep and wait (DragonFly 3.6, sys/kern/kern_time.c and kern_umtx.c). */
class UserWaitsTest {
    /**
     * {@code nanosleep1}: below {@code nanosleep_hard_us} a loop of yields; below a tick of 10 ms a one-shot timer; else
     * whole ticks, rounded down, and a one-shot timer for the rest: twice a wait. On a machine without costs it ends on the
     * nanosecond.
     */
    @ParameterizedTest
    @CsvSource({
        "50us, 0",
        "99us, 0",
        "100us, 1",
        "3ms, 1",
        "9999us, 1",
        "10ms, 2",
        "25ms, 2",
        "990ms, 2",
        "1s, 2",
        "1005ms, 2"
    })
    void a_sleep_is_whole_ticks_and_a_timer_for_the_rest(String span, long waits) {
        RunResult result = Lab.runForFree(
                "1",
                Workload.builder("nanosleep")
                        .thread(
                                "sleeper",
                                t -> t.does(b -> b.compute("3300us").sleep(span).compute("1us")))
                        .build(),
                2_000);
        ThreadResult sleeper = Lab.thread(result, "sleeper");
        assertEquals(ns(span), sleeper.endNs() - sleeper.firstRunNs() - 3_301_000);
        assertEquals(waits + 1, sleeper.switches(), "and the switch that leaves");
    }

    private static long ns(String span) {
        long number = Long.parseLong(span.replaceAll("[a-z]", ""));
        return number
                * switch (span.replaceAll("[0-9]", "")) {
                    case "us" -> 1_000;
                    case "ms" -> 1_000_000;
                    default -> 1_000_000_000;
                };
    }

    /**
     * {@code umtx_sleep}: a timeout is rounded up to ticks, and ends by the hardclock; from 3.3 ms on that is 10 ms for one
     * tick, 20 ms for two. The program looks at the time itself, and waits again if it is too early.
     */
    @ParameterizedTest
    @CsvSource({"1us, 10", "6ms, 10", "7ms, 20", "10ms, 20", "15ms, 20", "17ms, 30", "1s, 1010"})
    void a_timeout_of_a_wait_ends_by_a_tick(String timeout, long endMs) {
        RunResult result = Lab.runForFree(
                "1",
                Workload.builder("umtx")
                        .semaphore("never", 0)
                        .thread(
                                "waiter",
                                t -> t.does(b -> b.compute("3300us")
                                        .add(new Step.PendWithin(
                                                "never", new Dist.Constant(ns(timeout)), List.of(), List.of()))))
                        .build(),
                2_000);
        assertEquals(endMs * Lab.MS, Lab.thread(result, "waiter").endNs());
    }

    /** A lock nobody holds is taken and released in user mode. */
    @Test
    void a_free_mutex_is_no_system_call() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("free")
                        .mutex("m")
                        .thread(
                                "alone",
                                t -> t.loop(
                                        1_000, b -> b.lock("m").compute("1us").unlock("m")))
                        .build(),
                100);
        assertEquals(1, Lab.paid(result, Charge.TRAP_ENTER), "the exit");
    }

    /**
     * {@code wakeup_domain_one}: a sleeper on the waker's own CPU ends it; else each CPU with sleepers wakes one, which
     * finds the word taken and sleeps again: nothing is handed over.
     */
    @Test
    void to_wake_one_wakes_one_on_each_cpu_unless_there_is_one_here() {
        assertEquals(2, switchesOfTheLoser(0), "woken for nothing");
        assertEquals(1, switchesOfTheLoser(1));
    }

    private static long switchesOfTheLoser(int posterCpu) {
        RunResult result = Lab.run(
                "3",
                Workload.builder("one")
                        .semaphore("s", 0)
                        .thread(
                                "winner",
                                t -> t.affinity(1).does(b -> b.pend("s").compute("1us")))
                        .thread(
                                "loser",
                                t -> t.affinity(2).does(b -> b.pend("s").compute("1us")))
                        .thread(
                                "poster",
                                t -> t.affinity(posterCpu)
                                        .does(b -> b.sleep("5ms").post("s")))
                        .build(),
                100);
        assertEquals("semaphore s", Lab.thread(result, "loser").waitsFor());
        return Lab.thread(result, "loser").switches();
    }
}
