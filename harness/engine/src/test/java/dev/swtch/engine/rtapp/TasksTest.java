package dev.swtch.engine.rtapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Need;
import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.topology.Topology;
import dev.swtch.spi.thread.ThreadClass;
import java.util.List;
import org.junit.jupiter.api.Test;

class TasksTest {
    @Test
    void a_workload_needs_tasks() {
        assertThat(Reading.error("{\"global\": {\"duration\": 5, \"frag\": 1}}"))
                .isEqualTo("w.json:1:1: the workload has no \"tasks\", so there is nothing to run");
        assertThat(Reading.error("{\"task\": {\"t\": {\"run\": 1}}}"))
                .isEqualTo(
                        "w.json:1:1: the workload has no \"tasks\", so there is nothing to run; is \"task\" in line 1"
                                + " meant?");
        assertThat(Reading.error("{\"tasks\": {}}"))
                .isEqualTo("w.json:1:11: \"tasks\": expected an object with at least one task, found none");
        assertThat(Reading.error("[]"))
                .isEqualTo("w.json:1:1: a workload: expected an object with \"tasks\", found an array");
    }

    @Test
    void settings_of_the_whole_workload_are_taken() {
        Workload workload = Reading.workload("{\"global\": {\"duration\": 3, \"default_policy\": \"SCHED_FIFO\"},"
                + "\"resources\": {\"m\": {\"type\": \"mutex\"}}, \"tasks\": {\"t\": {\"run\": 1}}}");
        assertThat(workload.name()).isEqualTo("w");
        assertThat(workload.durationNs()).isEqualTo(3_000_000_000L);
        assertThat(workload.threads().get(0).threadClass()).isEqualTo(ThreadClass.REALTIME);
        assertThat(workload.threads().get(0).rank()).isEqualTo(10);
        assertThat(Reading.workload(Reading.task("\"run\": 1")).durationNs()).isEqualTo(Workload.UNTIL_ALL_EXIT);
        assertThat(Reading.error("{\"global\": {\"duration\": 0}, \"tasks\": {\"t\": {\"run\": 1}}}"))
                .isEqualTo("w.json:1:25: \"duration\" of \"global\": expected 1 to 4398 seconds, or -1, found 0");
    }

    @Test
    void instances_count_through_all_tasks_in_file_order() {
        Workload workload = Reading.workload("{\"tasks\": {\"b\": {\"instance\": 2, \"delay\": 7, \"run\": 1},"
                + "\"none\": {\"instance\": 0, \"run\": 1}, \"a\": {\"run\": 1}}}");
        assertThat(workload.threads()).extracting(ThreadEntry::path).containsExactly("b-0", "b-1", "a-2");
        assertThat(workload.threads()).extracting(ThreadEntry::startNs).containsExactly(7_000L, 7_000L, 0L);
        assertThat(workload.threads()).extracting(ThreadEntry::timerBaseNs).containsExactly(7_000L, 7_000L, 0L);
        assertThat(workload.threads()).extracting(ThreadEntry::process).containsOnly(1);
        assertThat(Reading.error(Reading.task("\"instance\": -1, \"run\": 1")))
                .isEqualTo("w.json:1:30: \"instance\" of task \"t\": expected 0 to 1000000, found -1");
    }

    @Test
    void loops_of_minus_one_and_zero_never_end_and_a_missing_one_neither() {
        for (String loop : new String[] {"", "\"loop\": -1,", "\"loop\": 0,"}) {
            assertThat(Reading.program(Reading.task(loop + "\"run\": 1"))).contains("forever");
        }
        assertThat(Reading.program(Reading.task("\"loop\": 1, \"run\": 1"))).isEqualTo("0: compute 1us\n2: exit\n");
    }

    @Test
    void phases_run_once_each_in_an_endless_round() {
        assertThat(Reading.program(
                        Reading.task("\"phases\": {\"a\": {\"run\": 1}, \"b\": {\"loop\": 3, \"sleep\": 2}}")))
                .isEqualTo("""
                    0: loop-begin r0 forever @18
                    4: compute 1us
                    6: loop-begin r1 x3 @15
                    10: sleep 2us
                    12: loop-end r1 @10
                    15: loop-end r0 @4
                    18: exit
                    """);
    }

    @Test
    void own_timers_are_shared_by_the_phases_of_one_thread() {
        assertThat(Reading.program(Reading.task("""
            "instance": 12, "loop": 1, "phases": {
              "light": {"loop": 10, "run": 3000, "timer": {"ref": "unique", "period": 30000}},
              "heavy": {"loop": 10, "run": 27000, "timer": {"ref": "unique", "period": 30000}}}
            """))).isEqualTo("""
                0: loop-begin r0 x10 @14
                4: compute 3ms
                6: timer -1 r1 30ms 0
                11: loop-end r0 @4
                14: loop-begin r2 x10 @28
                18: compute 27ms
                20: timer -1 r1 30ms 0
                25: loop-end r2 @18
                28: exit
                """);
    }

    @Test
    void what_does_nothing_is_refused() {
        assertThat(Reading.error(Reading.task("\"priority\": 1")))
                .isEqualTo("w.json:1:17: task \"t\" has no event, so it would do nothing");
        assertThat(Reading.error(Reading.task("\"phases\": {\"p\": {\"loop\": 1}}")))
                .isEqualTo("w.json:1:34: phase \"p\" of task \"t\" has no event, so it would do nothing");
        assertThat(Reading.error(Reading.task("\"phases\": {}")))
                .contains("expected an object with at least one phase");
    }

    @Test
    void policies_become_classes() {
        Workload workload = Reading.workload("""
            {"tasks": {
              "other": {"policy": "SCHED_OTHER", "priority": -19, "run": 1},
              "batch": {"policy": "SCHED_BATCH", "priority": 5, "run": 1},
              "idle": {"policy": "SCHED_IDLE", "run": 1},
              "round": {"policy": "SCHED_RR", "run": 1},
              "first": {"policy": "SCHED_FIFO", "priority": 99, "run": 1}}}
            """);
        assertThat(workload.threads())
                .extracting(ThreadEntry::threadClass)
                .containsExactly(
                        ThreadClass.TIMESHARE,
                        ThreadClass.TIMESHARE,
                        ThreadClass.IDLE,
                        ThreadClass.REALTIME,
                        ThreadClass.REALTIME);
        assertThat(workload.threads()).extracting(ThreadEntry::nice).containsExactly(-19, 5, 0, 0, 0);
        assertThat(workload.threads()).extracting(ThreadEntry::rank).containsExactly(0, 0, 0, 10, 99);
        assertThat(workload.needs()).containsExactlyInAnyOrder(Need.NICE, Need.IDLE_CLASS, Need.REALTIME_CLASS);
    }

    @Test
    void policies_that_cannot_be_are_refused() {
        assertThat(Reading.error(Reading.task("\"policy\": \"SCHED_OHTER\", \"run\": 1")))
                .isEqualTo("w.json:1:28: \"SCHED_OHTER\" of task \"t\" is not a scheduling policy (did you mean"
                        + " \"SCHED_OTHER\"?)");
        assertThat(Reading.error(Reading.task("\"policy\": \"SCHED_DEADLINE\", \"dl-runtime\": 5, \"run\": 1")))
                .isEqualTo(
                        "w.json:1:28: SCHED_DEADLINE of task \"t\" cannot be simulated: neither kernel has a deadline"
                                + " class; --approximate-deadline takes the realtime class instead");
        assertThat(Reading.error(Reading.task("\"policy\": \"SCHED_FIFO\", \"priority\": 0, \"run\": 1")))
                .isEqualTo("w.json:1:54: \"priority\" of task \"t\" with SCHED_FIFO: expected 1 to 99, found 0");
    }

    @Test
    void phases_change_policy_priority_and_cpus() {
        Workload workload = Reading.workload(Reading.task("""
            "cpus": [1, 0], "loop": 1, "phases": {
              "a": {"run": 1},
              "b": {"policy": "SCHED_FIFO", "cpus": [2], "run": 2},
              "c": {"priority": 20, "run": 3},
              "d": {"policy": "SCHED_OTHER", "priority": -5, "run": 4}}
            """));
        assertThat(workload.programs().get(0).disassemble()).isEqualTo("""
            0: set-affinity 0
            2: compute 1us
            4: set-affinity 1
            6: set-class 1 10
            9: compute 2us
            11: set-affinity 0
            13: set-class 1 20
            16: compute 3us
            18: set-affinity 0
            20: set-class 0 0
            23: set-nice -5
            25: compute 4us
            27: exit
            """);
        assertThat(workload.affinitySet(0)).containsExactly(0, 1);
        assertThat(workload.affinitySet(1)).containsExactly(2);
        assertThat(workload.threads().get(0).affinitySet()).isZero();
        assertThat(workload.misfits(Topology.of(1, 2, 1)))
                .extracting(Diagnostic::toString)
                .containsExactly("w.json:1:12: thread t names a CPU that the machine does not have: expected 0 to 1,"
                        + " found 2");
        assertThat(workload.ranks()).containsExactly(10, 20);
    }

    @Test
    void hints_without_effect_are_listed() {
        String text = Reading.task("\"util_min\": 5, \"nodes_membind\": [0], \"taskgroup\": \"/a\", \"run\": 1");
        assertThat(Reading.warnings(text))
                .containsExactly(
                        "w.json:1:30: \"util_min\" of task \"t\" has no effect here",
                        "w.json:1:50: \"nodes_membind\" of task \"t\" has no effect here",
                        "w.json:1:68: no scheduler here divides CPUs between groups: a \"taskgroup\" says only what is"
                                + " measured together");
        assertThat(Reading.workload(text).notes()).hasSize(3);
    }

    @Test
    void deadlines_become_ranks_when_that_is_asked_for() {
        RtAppOptions asked = RtAppOptions.defaults().withApproximateDeadline();
        String text = """
            {"global": {"default_policy": "SCHED_DEADLINE"}, "tasks": {
              "short": {"dl-runtime": 100, "dl-period": 2000, "loop": 1, "run": 1},
              "shorter": {"policy": "SCHED_DEADLINE", "dl-period": 5000, "dl-deadline": 800, "loop": 1, "run": 1},
              "old": {"deadline": 900, "period": 1000, "loop": 1, "run": 1},
              "long": {"dl-period": 2000000, "loop": 1, "run": 1},
              "fifo": {"policy": "SCHED_FIFO", "priority": 99, "loop": 1, "run": 1}}}\
            """;
        RtAppResult result = Reading.read(text, asked);
        assertThat(result.workload().threads().stream().map(ThreadEntry::rank))
                .containsExactly(998_000, 999_200, 999_100, 100, 99);
        assertThat(result.workload().threads()).allMatch(entry -> entry.threadClass() == ThreadClass.REALTIME);
        assertThat(result.warnings().stream().map(Diagnostic::message))
                .hasSize(4)
                .allMatch(warning -> warning.contains("becomes the realtime class"));
        assertThat(Reading.error(Reading.task("\"policy\": \"SCHED_DEADLINE\", \"run\": 1"), asked))
                .isEqualTo("w.json:1:17: SCHED_DEADLINE of task \"t\": expected \"dl-deadline\", \"dl-period\" or"
                        + " \"dl-runtime\" of more than 0, found none");
    }

    @Test
    void groups_say_what_is_measured_together() {
        String text = """
            {"tasks": {"a": {"instance": 2, "taskgroup": "/x", "loop": 1, "run": 1},
                       "b": {"taskgroup": "/y", "loop": 1, "run": 1}, "c": {"taskgroup": "/x", "loop": 1, "run": 1},
                       "d": {"taskgroup": "", "loop": 1, "run": 1}}}\
            """;
        assertThat(Reading.workload(text).goals().groups().stream().map(group -> group.name() + group.threads()))
                .containsExactly("/x[a-0, a-1, c-3]", "/y[b-2]");
        assertThat(Reading.warnings(text)).hasSize(1);
        assertThat(Reading.error(Reading.task("\"taskgroup\": \"x\", \"run\": 1")))
                .isEqualTo("w.json:1:31: \"taskgroup\" of task \"t\": expected an absolute path such as \"/a/b\", found"
                        + " \"x\"");
    }

    @Test
    void settings_without_effect_have_their_types() {
        String tasks = ", \"tasks\": {\"t\": {\"loop\": 1, \"run\": 1}}}";
        String good = "{\"global\": {\"calibration\": \"CPU1\", \"lock_pages\": false, \"logdir\": \"/tmp\","
                + " \"log_basename\": \"x\", \"log_size\": \"auto\", \"ftrace\": \"main,task\", \"gnuplot\": true,"
                + " \"io_device\": \"/dev/null\", \"mem_buffer_size\": 1, \"cumulative_slack\": true}";
        assertThat(Reading.warnings(good + tasks)).isEmpty();
        assertThat(Reading.warnings("{\"global\": {\"calibration\": 50, \"log_size\": 2, \"ftrace\": true}" + tasks))
                .isEmpty();
        for (String wrong : List.of(
                "\"calibration\": \"CPUx\"",
                "\"calibration\": true",
                "\"lock_pages\": 1",
                "\"logdir\": 1",
                "\"log_basename\": []",
                "\"log_size\": \"fil\"",
                "\"ftrace\": 3",
                "\"gnuplot\": \"no\"",
                "\"mem_buffer_size\": \"1\"",
                "\"cumulative_slack\": 0")) {
            String key = wrong.substring(1, wrong.indexOf('"', 1));
            assertThat(Reading.error("{\"global\": {" + wrong + "}" + tasks))
                    .contains(key)
                    .startsWith("w.json:1:");
        }
    }
}
