package dev.swtch.engine.trace;

import static dev.swtch.engine.trace.Samples.IDLE;
import static dev.swtch.engine.trace.Samples.change;
import static dev.swtch.engine.trace.Samples.waking;
import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.trace.stat.TaskStatistics;
import org.junit.jupiter.api.Test;

/** Counted by hand from the rules of perf sched timehist and perf sched latency. */
class StatisticsTest {
    private static TaskStatistics of(TraceImport trace, int tid) {
        return trace.statistics().stream()
                .filter(task -> task.tid() == tid)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void runs_and_delays() {
        TraceImport trace = Samples.read(Samples.file("kernel-tgid.txt"));
        // The first run of main began before the trace: perf counts it as 0. Spread: runs 0, 145, 195, 50 us.
        assertThat(of(trace, 10))
                .isEqualTo(new TaskStatistics(10, 10, "main", 4, 390_000, 0, 195_000, 4541, 0, 2, 6_000, 3_000));
        assertThat(of(trace, 11))
                .isEqualTo(new TaskStatistics(
                        11, 10, "my worker", 2, 735_000, 295_000, 440_000, 1973, 0, 2, 65_000, 60_000));
        assertThat(of(trace, 20))
                .isEqualTo(new TaskStatistics(20, 20, "audio", 1, 60_000, 60_000, 60_000, 0, 0, 1, 9_000, 9_000));
        assertThat(of(trace, 11).meanNs()).isEqualTo(367_500);
        assertThat(of(trace, 11).meanDelayNs()).isEqualTo(32_500);
    }

    @Test
    void perf_credits_the_last_run_of_an_exited_task_to_nobody() {
        TraceImport trace = Samples.read(Samples.file("perf-script.txt"));
        assertThat(of(trace, 11).runNs()).isEqualTo(295_000);
        assertThat(of(trace, -1))
                .isEqualTo(new TaskStatistics(-1, 10, ":-1", 1, 440_000, 440_000, 440_000, 0, 0, 0, 0, 0));
    }

    @Test
    void a_wake_up_counts_from_the_queue_if_that_is_recorded_and_else_from_the_waker() {
        String switches = change(0, 0, "a:1", "S", IDLE) + "%s" + change(30, 0, IDLE, "R", "a:1");
        String waking = waking(10, 0, IDLE, "a:1");
        String wakeup = waking(12, 0, IDLE, "a:1").replace("waking", "wakeup");
        assertThat(of(Samples.read(switches.replace("%s", waking + wakeup)), 1).delayNs())
                .isEqualTo(18_000);
        assertThat(of(Samples.read(switches.replace("%s", waking)), 1).delayNs())
                .isEqualTo(20_000);
        assertThat(of(Samples.read(switches.replace("%s", wakeup)), 1).delayNs())
                .isEqualTo(18_000);
        assertThat(of(Samples.read(switches.replace("%s", "")), 1).delays()).isZero();
    }

    @Test
    void a_wake_up_of_a_running_task_is_no_delay_and_a_preemption_is_one() {
        TraceImport trace = Samples.read(change(0, 0, IDLE, "R", "a:1")
                + waking(5, 1, IDLE, "a:1")
                + change(10, 0, "a:1", "R+", "b:2")
                + change(40, 0, "b:2", "S", "a:1")
                + change(45, 0, "a:1", "S", IDLE));
        assertThat(of(trace, 1).delays()).isEqualTo(2);
        assertThat(of(trace, 1).delayNs()).isEqualTo(30_000);
        assertThat(of(trace, 2).delayNs()).isZero();
    }

    @Test
    void migrations_are_those_recorded() {
        TraceImport trace = Samples.read(change(0, 0, IDLE, "R", "a:1")
                + Samples.line(5, 1, IDLE, "sched_migrate_task: comm=a pid=1 prio=120 orig_cpu=0 dest_cpu=1")
                + change(9, 0, "a:1", "S", IDLE));
        assertThat(of(trace, 1).migrations()).isEqualTo(1);
    }
}
