package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.Workload;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The older user scheduler in full simulations (DragonFly 3.6, sys/kern/usched_bsd4.c). */
@DisplayName("usched_bsd4 in full simulations, not recorded")
class Bsd4Test {
    private static final Map<String, Long> BSD4 = Map.of("usched", 1L);

    private static Workload hogs(int count, String name) {
        return Workload.builder(name)
                .threads("hog", count, t -> t.forever(b -> b.compute("1s")))
                .build();
    }

    /** 4.2.4: a free CPU in turn for each. */
    @Test
    void as_many_hogs_as_cpus_get_one_each() {
        RunResult result = Lab.run("2x2x1", hogs(4, "spread"), 2_000, BSD4);
        for (int i = 0; i < 4; i++) {
            assertTrue(Lab.userMs(result, "hog/" + i) > 1_900, Lab.thread(result, "hog/" + i)::toString);
        }
        assertTrue(result.switches().migrations() <= 4, result.switches()::toString);
    }

    /** 3 cores x 2 threads: the third in turn is beside a busy one, so the one after it is taken. */
    @Test
    void with_hardware_threads_a_free_core_comes_first() {
        assertTrue(workOfThree(1) > 2_950, "three LWPs on three cores: " + workOfThree(1));
        assertTrue(workOfThree(0) < 2_500, "two of them on one core: " + workOfThree(0));
    }

    private static long workOfThree(long smt) {
        RunResult result = Lab.run("1x3x2", hogs(3, "cores"), 1_000, Map.of("usched", 1L, "smt", smt));
        return Lab.userMs(result, "hog/0") + Lab.userMs(result, "hog/1") + Lab.userMs(result, "hog/2");
    }

    /** 4.2.5 and 4.2.7: a turn is 5 schedclock ticks of 20 ms, or ends when the runner's queue changes. */
    @Test
    void two_hogs_on_one_cpu_share_it_in_turns_of_100_ms_at_the_most() {
        RunResult result = Lab.run("1", hogs(2, "turns"), 40_000, BSD4);
        long first = Lab.userMs(result, "hog/0");
        long second = Lab.userMs(result, "hog/1");
        assertTrue(Math.abs(first - second) <= 400, first + " ms and " + second + " ms");
        assertEquals(
                105,
                result.latencies().readyWait().maxNs() / 1e6,
                5.1,
                result.latencies().readyWait()::toString);
    }

    /** B-21: what used a CPU for 15 s is a batch job (priority 230) and yields to a newcomer (210 at first). */
    @Test
    void a_batch_job_yields_to_a_newcomer_and_both_share_once_that_is_one_too() {
        Workload workload = Workload.builder("b21")
                .thread("old", t -> t.forever(b -> b.compute("1s")))
                .thread("new", t -> t.does(b -> b.sleep("20s").forever(c -> c.compute("1s"))))
                .build();
        long early = Lab.userMs(Lab.run("1", workload, 25_000, BSD4), "new");
        assertTrue(early > 3_000, early + " of the first 5000 ms");
        RunResult at60 = Lab.run("1", workload, 60_000, BSD4);
        RunResult at80 = Lab.run("1", workload, 80_000, BSD4);
        long late = Lab.userMs(at80, "new") - Lab.userMs(at60, "new");
        assertTrue(late > 9_500 && late < 10_500, late + " of the last 20000 ms");
    }

    /** 4.2.1 d: better by any priority, it takes the CPU on its way back to user mode. */
    @Test
    void an_interactive_thread_steals_the_cpu_from_hogs() {
        FairnessTest.assertStealsFromHogs(BSD4);
    }

    /**
     * B-28: commits e28d8b158f and 2b07d9aafa: all CPUs meet at the one lock. With usched_dfly each has its own, once new
     * LWPs no longer all belong to CPU 0.
     */
    @Test
    void forks_and_exits_on_many_cpus_meet_at_the_one_lock() {
        long few = lockWaits(4, BSD4);
        long many = lockWaits(32, BSD4);
        long dfly = lockWaits(32, Map.of("fork_on_parent_cpu", 1L));
        assertTrue(many > 2 * few, "4 CPUs " + few + ", 32 CPUs " + many);
        assertTrue(many > dfly, "4 CPUs " + few + ", usched_bsd4 " + many + ", usched_dfly " + dfly);
    }

    private static long lockWaits(int cpus, Map<String, Long> tunables) {
        Workload workload = Workload.builder("b28")
                .threads(
                        "parent",
                        cpus,
                        t -> t.loop(200, b -> b.fork("child", 1).compute("10us").sleep("30us")))
                .onDemand("child", t -> t.does(b -> b.compute("10us")))
                .build();
        return Lab.run("" + cpus, workload, 1_000, tunables).switches().lockWaits();
    }
}
