package dev.swtch.ule.kern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.machine.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InteractivityTest {
    private static final int SECOND = 1000 << 10;

    private final UleKernel k;
    private final UleThread td;

    InteractivityTest() {
        TestKernel test = new TestKernel(Topology.of(1, 1, 1));
        k = test.k;
        td = test.thread(1);
    }

    @ParameterizedTest
    @CsvSource({"0,0,50", "0,1000,0", "1000,1000,50", "2000,1000,50", "600,1000,30", "590,1000,29", "500,1000,25"})
    void the_score_is_the_share_of_running_in_running_and_sleeping(int runMs, int sleptMs, int score) {
        td.runtime = runMs << 10;
        td.slptime = sleptMs << 10;
        assertEquals(score, k.interact.schedInteractScore(td));
    }

    /** The integer form, with both times in one unit: a fiftieth of the time slept is what a point of the score costs. */
    @ParameterizedTest
    @CsvSource({
        "0,0,50",
        "1000,1000,50",
        "999,1000,49",
        "400,600,33",
        "375,625,31",
        "374,626,31",
        "300,700,21",
        "1000,4000,12",
        "900,100,50",
        "0,5000,0"
    })
    void the_score_is_computed_in_whole_numbers(int runtime, int slptime, int score) {
        td.runtime = runtime;
        td.slptime = slptime;
        assertEquals(score, k.interact.schedInteractScore(td));
    }

    @Test
    void beyond_a_threshold_of_50_the_score_tells_hogs_apart() {
        k.tune.schedInteract = 51;
        td.runtime = 900;
        td.slptime = 100;
        assertEquals(95, k.interact.schedInteractScore(td));
    }

    @ParameterizedTest
    @CsvSource({"0,0,88", "290,0,110", "590,0,134", "600,0,156", "0,20,120", "590,-20,102", "490,-20,94"})
    void priority_is_interactive_below_score_30_and_batch_from_there(int runMsPerSecond, int nice, int pri) {
        td.runtime = runMsPerSecond << 10;
        td.slptime = SECOND;
        td.proc.nice = nice;
        k.interact.schedPriority(td);
        assertEquals(pri, td.userPri);
    }

    @Test
    void a_hog_is_batch_even_at_the_best_nice_value() {
        td.runtime = 5 * SECOND;
        td.proc.nice = -Pri.PRIO_MAX;
        k.interact.schedPriority(td);
        assertEquals(136, td.userPri);
    }

    @Test
    void a_hog_that_used_its_whole_window_is_as_bad_as_cpu_use_makes_it() {
        td.runtime = 5 * SECOND;
        td.ticks = 10 * SECOND;
        td.ltick = 10_000;
        k.interact.schedPriority(td);
        assertEquals(203, td.userPri);
    }

    @Test
    void a_thread_that_slept_long_stays_interactive_for_267_stat_ticks_of_cpu() {
        sleepLong();
        assertEquals(267, statTicksUntilBatch());
    }

    @Test
    void the_child_of_such_a_thread_stays_interactive_for_39_stat_ticks_of_cpu() {
        sleepLong();
        k.interact.schedInteractFork(td);
        assertEquals(39, statTicksUntilBatch());
    }

    private void sleepLong() {
        td.slptime = 60 * SECOND;
        k.interact.schedInteractUpdate(td);
    }

    private int statTicksUntilBatch() {
        int statTicks = 0;
        while (k.interact.schedInteractScore(td) < k.tune.schedInteract) {
            statTicks++;
            td.runtime += k.tune.tickincr;
            k.interact.schedInteractUpdate(td);
        }
        return statTicks;
    }

    @Test
    void history_is_kept_within_five_seconds() {
        td.runtime = 3 * SECOND;
        td.slptime = 5 * SECOND / 2;
        k.interact.schedInteractUpdate(td);
        assertEquals(3 * SECOND / 5 * 4, td.runtime);
        assertEquals(5 * SECOND / 2 / 5 * 4, td.slptime);
    }

    @Test
    void a_hog_that_sleeps_more_than_five_seconds_is_interactive_at_once() {
        td.runtime = Interactivity.SCHED_SLP_RUN_MAX - 1;
        td.slptime = 11 * SECOND / 2;
        k.interact.schedInteractUpdate(td);
        assertEquals(1, td.runtime);
        assertEquals(0, k.interact.schedInteractScore(td));
    }

    @Test
    void a_fork_keeps_half_a_second_of_history() {
        td.runtime = 2 * SECOND;
        td.slptime = 3 * SECOND;
        k.interact.schedInteractFork(td);
        assertTrue(td.runtime + td.slptime <= Interactivity.SCHED_SLP_RUN_FORK);
        assertEquals(SECOND / 5, td.runtime);
    }
}
