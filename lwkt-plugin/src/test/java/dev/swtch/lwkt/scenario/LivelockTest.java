package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.Workload;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An interrupt that is raised too often does not take the CPU for good (DragonFly 3.6, sys/kern/kern_intr.c). */
class LivelockTest {
    private static final Map<String, Long> TEN_THOUSAND = Map.of("livelock_limit", 10_000L, "livelock_lowater", 5_000L);

    private static RunResult storm(String period, long ms, Map<String, Long> tunables) {
        return Lab.run(
                "1",
                Workload.builder("storm")
                        .device("nic", d -> d.threaded().handler("15us").every(period))
                        .thread("victim", t -> t.forever(b -> b.compute("1s")))
                        .build(),
                ms,
                tunables);
    }

    /** B-22: above the limit a timer schedules the thread, at most that often. */
    @Test
    void above_the_limit_a_timer_paces_the_thread() {
        long paced = Lab.userMs(storm("20us", 3_000, TEN_THOUSAND), "victim");
        long unpaced = Lab.userMs(storm("20us", 3_000, Map.of("livelock_limit", 1_000_000L)), "victim");
        // 50,000 runs of 15 us leave a quarter of each second at most; 10,000, after the first burst, more than half.
        assertTrue(unpaced < 3 * 250, "without a limit " + unpaced + " ms");
        assertTrue(paced > unpaced + 2 * 400, "with a limit " + paced + " ms, without " + unpaced + " ms");
    }

    /** B-22: the limit is on the runs of the handlers; a device below it is left alone. */
    @Test
    void below_the_limit_nothing_is_paced() {
        RunResult limited = storm("200us", 2_000, TEN_THOUSAND);
        RunResult unlimited = storm("200us", 2_000, Map.of("livelock_limit", 1_000_000L));
        assertTrue(Lab.userMs(limited, "victim") == Lab.userMs(unlimited, "victim"));
        assertTrue(
                Lab.counter(limited, "preempt_hit") >= 9_900,
                () -> limited.counters().toString());
    }

    /** B-22: below the low-water mark the interrupt schedules its thread again. */
    @Test
    void it_ends_below_the_low_water_mark() {
        String[] burst = new String[12_001];
        for (int i = 0; i < burst.length; i++) {
            burst[i] = 1_000 + 20 * i + "us";
        }
        burst[12_000] = "2500500us";
        RunResult result = Lab.run(
                "1",
                Workload.builder("burst")
                        .device(
                                "nic",
                                d -> d.threaded().handler("5us").at(burst).posts("s"))
                        .semaphore("s", 0)
                        .thread("victim", t -> t.does(b -> b.compute("3s")))
                        .build(),
                4_000,
                TEN_THOUSAND);
        // The last interrupt, long after the burst, preempts at once as the first ones did.
        long hits = Lab.counter(result, "preempt_hit");
        assertTrue(hits >= 10_001 && hits <= 10_010, "hits " + hits);
    }
}
