package dev.swtch.engine.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schedules computed by hand, in ms: work, then the timer. */
class TimerRuleTest {
    @Test
    void the_first_instant_is_one_period_after_the_base_and_there_is_no_drift() {
        assertThat(wakeUps(MissPolicy.RELATIVE, 100, 5, 10, 10, 10, 10)).containsExactly(105L, 205L, 305L, 405L);
    }

    @Test
    void a_relative_timer_that_is_always_missed_never_sleeps() {
        assertThat(wakeUps(MissPolicy.RELATIVE, 20, 0, 25, 25, 25)).containsExactly(25L, 50L, 75L);
    }

    @Test
    void after_a_miss_a_relative_timer_starts_over() {
        assertThat(wakeUps(MissPolicy.RELATIVE, 20, 0, 25, 5, 5)).containsExactly(25L, 45L, 65L);
    }

    @Test
    void after_misses_an_absolute_timer_catches_up() {
        assertThat(wakeUps(MissPolicy.CATCH_UP, 20, 0, 25, 25, 25, 1, 1, 1))
                .containsExactly(25L, 50L, 75L, 80L, 100L, 120L);
    }

    @Test
    void a_timer_that_skips_keeps_its_grid() {
        assertThat(wakeUps(MissPolicy.SKIP, 20, 0, 45, 5, 5)).containsExactly(60L, 80L, 100L);
    }

    private static List<Long> wakeUps(MissPolicy policy, long period, long base, long... works) {
        List<Long> times = new ArrayList<>();
        long state = 0;
        long now = base;
        for (long work : works) {
            now += work;
            long next = TimerRule.next(state, base, period, policy, now);
            if (next > now) {
                now = next;
                state = TimerRule.slept(next);
            } else {
                state = TimerRule.missed(next, policy, now);
            }
            times.add(now);
        }
        return times;
    }
}
