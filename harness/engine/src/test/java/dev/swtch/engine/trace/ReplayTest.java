package dev.swtch.engine.trace;

import static dev.swtch.engine.trace.Samples.IDLE;
import static dev.swtch.engine.trace.Samples.born;
import static dev.swtch.engine.trace.Samples.change;
import static dev.swtch.engine.trace.Samples.line;
import static dev.swtch.engine.trace.Samples.threads;
import static dev.swtch.engine.trace.Samples.waking;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What becomes of the tasks of a trace in cases where the order of events, or what is missing, matters. */
class ReplayTest {
    private static String stepsOf(String thread, String threads) {
        String body = threads.substring(threads.indexOf("  " + thread + ":\n"));
        StringBuilder steps = new StringBuilder();
        for (String text : body.lines().skip(1).toList()) {
            if (!text.startsWith("    ")) {
                break;
            }
            if (text.startsWith("      - ")) {
                steps.append(steps.isEmpty() ? "" : "; ").append(text.substring(8));
            }
        }
        return steps.toString();
    }

    private static String stepsOf(String thread, TraceImport trace) {
        return stepsOf(thread, threads(trace));
    }

    @Test
    void preemption_does_not_divide_work_and_the_last_run_lasts_to_the_end() {
        TraceImport trace = Samples.read(change(0, 0, IDLE, "R", "a:1")
                + change(10, 0, "a:1", "R", "b:2")
                + change(15, 0, "b:2", "R+", "a:1")
                + change(35, 1, IDLE, "R", "b:2")
                + change(55, 0, "a:1", "S", IDLE));
        assertThat(stepsOf("a-1", trace)).isEqualTo("compute: 50us; sleep: 55us");
        assertThat(stepsOf("b-2", trace)).isEqualTo("compute: 25us; sleep: 55us");
    }

    @Test
    void a_task_woken_on_its_way_to_sleep_has_waited_for_its_waker() {
        String woken = change(0, 0, IDLE, "R", "a:1")
                + change(0, 1, IDLE, "R", "b:2")
                + waking(9, 1, "b:2", "a:1")
                + change(10, 0, "a:1", "S", IDLE)
                + change(14, 0, IDLE, "R", "a:1")
                + change(20, 0, "a:1", "S", IDLE);
        assertThat(stepsOf("a-1", Samples.read(woken)))
                .isEqualTo("compute: 10us; pend: \"2>1\"; compute: 6us; sleep: 20us");
        assertThat(stepsOf("b-2", Samples.read(woken)))
                .isEqualTo("compute: 9us; post: \"2>1\"; compute: 11us; sleep: 20us");
    }

    @Test
    void a_wake_up_that_ended_no_wait_leaves_no_trace() {
        TraceImport trace = Samples.read(change(0, 0, IDLE, "R", "a:1")
                + change(0, 1, IDLE, "R", "b:2")
                + waking(5, 1, "b:2", "a:1")
                + change(10, 0, "a:1", "R", "c:3")
                + waking(12, 1, "b:2", "a:1")
                + change(14, 0, "c:3", "S", "a:1")
                + change(20, 0, "a:1", "S", IDLE));
        assertThat(stepsOf("a-1", trace)).isEqualTo("compute: 16us; sleep: 20us");
        assertThat(stepsOf("b-2", trace)).isEqualTo("compute: 20us; sleep: 20us");
    }

    @Test
    void a_second_wake_up_of_a_woken_task_counts_for_nobody() {
        TraceImport trace = Samples.read(change(0, 1, IDLE, "R", "b:2")
                + change(0, 0, "a:1", "S", IDLE)
                + waking(4, 1, "b:2", "a:1")
                + change(6, 1, "b:2", "S", "c:3")
                + waking(7, 1, "c:3", "a:1")
                + change(8, 0, IDLE, "R", "a:1")
                + change(9, 0, "a:1", "S", IDLE));
        assertThat(stepsOf("a-1", trace)).startsWith("pend: \"2>1\"; compute: 1us");
        assertThat(stepsOf("c-3", trace)).isEqualTo("compute: 3us; sleep: 9us");
    }

    @Test
    void who_is_woken_by_a_task_that_is_left_out_goes_on_at_the_recorded_time() {
        String text = change(0, 1, IDLE, "R", "b:2")
                + change(5, 0, IDLE, "R", "a:1")
                + change(10, 0, "a:1", "S", IDLE)
                + waking(40, 1, "b:2", "a:1")
                + change(45, 0, IDLE, "R", "a:1")
                + change(60, 0, "a:1", "S", IDLE)
                + waking(70, 1, "b:2", "a:1")
                + change(71, 0, IDLE, "R", "a:1")
                + change(80, 0, "a:1", "S", IDLE);
        String timer = "timer: {own: clock, period: %s, missed: catch-up}";
        assertThat(stepsOf("a-1", Samples.read(text, "a")))
                .isEqualTo("compute: 5us; " + timer.replace("%s", "40us") + "; compute: 15us; "
                        + timer.replace("%s", "30us") + "; compute: 9us; sleep: 80us");
        assertThat(threads(Samples.read(text, "1"))).startsWith("  a-1:\n").doesNotContain("b-2");
        assertThat(threads(Samples.read(text, "*"))).contains("a-1:").contains("b-2:");
    }

    @Test
    void an_interrupt_is_no_waker_whether_a_flag_or_an_event_tells_of_it() {
        String woken = change(0, 1, IDLE, "R", "b:2") + change(0, 0, IDLE, "R", "a:1") + change(2, 0, "a:1", "S", IDLE);
        String goesOn = change(12, 0, IDLE, "R", "a:1") + change(20, 0, "a:1", "S", IDLE);
        String byEvent = woken
                + line(4, 1, "b:2", "softirq_entry: vec=1 [action=TIMER]")
                + waking(5, 1, "b:2", "a:1")
                + line(6, 1, "b:2", "softirq_exit: vec=1 [action=TIMER]")
                + goesOn;
        String byFlag = woken + waking(5, 1, "b:2", "a:1").replace("] 5.", "] d.s2 5.") + goesOn;
        for (String text : new String[] {byEvent, byFlag}) {
            assertThat(stepsOf("a-1", Samples.read(text)))
                    .isEqualTo("compute: 2us; timer: {own: clock, period: 5us, missed: catch-up}; compute: 8us; sleep:"
                            + " 20us");
            assertThat(stepsOf("b-2", Samples.read(text))).isEqualTo("compute: 20us; sleep: 20us");
        }
        String after = byEvent.replace(goesOn, "") + waking(8, 1, "b:2", "a:1") + goesOn;
        assertThat(stepsOf("b-2", Samples.read(after.replace(waking(5, 1, "b:2", "a:1"), ""))))
                .isEqualTo("compute: 8us; post: \"2>1\"; compute: 12us; sleep: 20us");
    }

    @Test
    void who_sleeps_when_the_trace_begins_starts_when_it_is_woken() {
        String slept = change(0, 1, IDLE, "R", "b:2");
        String ran = change(45, 0, IDLE, "R", "a:1") + change(60, 0, "a:1", "S", IDLE);
        assertThat(threads(Samples.read(slept + waking(40, 0, IDLE, "a:1") + ran)))
                .contains("  a-1:\n    start: 40us\n    do:\n      - compute: 15us\n      - sleep: 60us\n");
        assertThat(threads(Samples.read(slept + ran))).contains("  a-1:\n    start: 45us\n    do:\n");
        assertThat(stepsOf("a-1", Samples.read(slept + waking(40, 1, "b:2", "a:1") + ran)))
                .isEqualTo("pend: \"2>1\"; compute: 15us; sleep: 60us");
    }

    @Test
    void an_id_that_is_used_again_is_another_task() {
        TraceImport trace = Samples.read(change(0, 0, "sh:1", "S", "sh:7")
                + change(10, 0, "sh:7", "X", "sh:1")
                + born(15, 0, "sh:1", "sh:7")
                + change(20, 0, "sh:1", "S", "cc:7")
                + change(50, 0, "cc:7", "X", IDLE));
        assertThat(stepsOf("sh-7", trace)).isEqualTo("compute: 10us");
        assertThat(stepsOf("cc-7.2", trace)).isEqualTo("compute: 30us");
        assertThat(stepsOf("sh-1", trace))
                .isEqualTo("sleep: 10us; compute: 5us; fork: {thread: cc-7.2, count: 1}; compute: 5us; sleep: 50us");
    }

    @Test
    void missing_switches_are_told_and_who_ran_is_credited_from_the_last_thing_known() {
        TraceImport trace = Samples.read(change(0, 0, IDLE, "R", "a:1")
                + waking(20, 1, "b:2", "c:3")
                + change(40, 0, "c:3", "S", IDLE)
                + change(50, 1, "b:2", "S", IDLE));
        assertThat(trace.warnings()).hasSize(1);
        assertThat(trace.warnings().get(0).message()).startsWith("1 switches do not follow");
        assertThat(stepsOf("c-3", trace)).isEqualTo("pend: \"2>3\"; compute: 20us; sleep: 50us");
        assertThat(threads(trace)).doesNotContain("a-1");
        assertThat(trace.workload().notes()).isEqualTo(trace.warnings());
    }

    @Test
    void events_that_stand_a_little_late_and_lost_ones_are_told() {
        TraceImport trace = Samples.read(change(0, 0, IDLE, "R", "a:1")
                + change(30, 1, IDLE, "R", "b:2")
                + "CPU:1 [LOST 12 EVENTS]\n"
                + change(20, 0, "a:1", "S", IDLE)
                + change(50, 1, "b:2", "S", IDLE));
        assertThat(trace.warnings().get(0))
                .hasToString("t.txt:3:1: the recorder lost events, here or before; it says so 1 times");
        assertThat(trace.warnings().get(1).message()).startsWith("1 events stand after later ones, by up to 10us");
        assertThat(stepsOf("a-1", trace)).isEqualTo("compute: 30us; sleep: 50us");
    }

    @Test
    void names_that_would_mean_something_are_made_harmless() {
        TraceImport trace = Samples.read(change(0, 0, IDLE, "R", "${x}>\"y:1") + change(9, 0, "${x}>\"y:1", "S", IDLE));
        assertThat(threads(trace)).startsWith("  \"__x___y-1\":\n");
    }
}
