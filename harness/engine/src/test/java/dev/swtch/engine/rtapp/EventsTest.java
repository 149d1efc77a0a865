package dev.swtch.engine.rtapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.workload.ObjectTables;
import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.Workload;
import org.junit.jupiter.api.Test;

class EventsTest {
    @Test
    void every_event_has_its_steps() {
        assertThat(Reading.program(Reading.task("""
                        "loop": 1,
                        "run_a": 10, "runtime5": 100, "sleep": 20,
                        "timer": {"ref": "tick", "period": 30},
                        "timer_own": {"ref": "unique1", "period": 40, "mode": "absolute"},
                        "timer_same": {"ref": "unique1", "period": 50},
                        "lock": "m", "wait": {"ref": "c", "mutex": "m"}, "sync": {"ref": "c", "mutex": "m"},
                        "unlock": "m", "signal": "c", "broad": "c",
                        "suspend": "t", "resume": "u",
                        "barrier": "b", "sem_post": "s", "sem_wait": "s",
                        "fork": "t", "yield": "",
                        "mem": 20000, "iorun": 4096,
                        "memrun": {"type": "chase", "size": 1, "count": 7},
                        "memrun2": {"type": "read", "size": 1000, "count": 25}
                        """))).isEqualTo("""
                        0: compute 10us
                        2: runtime 100us 32us r0
                        6: sleep 20us
                        8: timer 0 r0 30us 0
                        13: timer -1 r1 40us 1
                        18: timer -1 r1 50us 0
                        23: lock 0
                        25: wait 0 0
                        28: signal 0
                        30: wait 0 0
                        33: unlock 0
                        35: signal 0
                        37: broadcast 0
                        39: lock 1
                        41: wait 1 1
                        44: unlock 1
                        46: lock 2
                        48: broadcast 2
                        50: unlock 2
                        52: barrier 0
                        54: sem-post 0
                        56: sem-wait 0
                        58: fork 1 x1 r2 1024 r3
                        64: yield
                        65: compute 2us
                        67: kernel-work 0
                        69: compute 700ns
                        71: compute 2500ns
                        73: exit
                        """);
    }

    @Test
    void costs_that_were_assumed_are_said() {
        assertThat(Reading.warnings(Reading.task("\"mem\": 5000, \"mem2\": 6, \"iorun\": 7")))
                .containsExactly(
                        "w.json:1:18: assumed cost of mem: 10000 bytes/us", "w.json:1:42: assumed cost of iorun: free");
    }

    @Test
    void a_wrong_value_is_refused_at_its_place() {
        assertThat(Reading.error(Reading.task("\"lock_order\": [\"a\"]")))
                .isEqualTo("w.json:1:32: \"lock_order\", an event because it begins with \"lock\": expected a name in"
                        + " quotes, found an array");
        assertThat(Reading.error(Reading.task("\"run\": \"5\"")))
                .isEqualTo("w.json:1:25: event \"run\": time in us: expected a whole number, found the string \"5\"");
        assertThat(Reading.error(Reading.task("\"sleep\": -5"))).contains("expected 0 or more, found -5");
        assertThat(Reading.error(Reading.task("\"timer\": 5")))
                .contains("expected an object with \"ref\" and \"period\", found the number 5");
        assertThat(Reading.error(Reading.task("\"timer\": {\"ref\": \"x\", \"period\": 5, \"mode\": \"absolut\"}")))
                .contains("\"absolut\" is not a mode of a timer (did you mean \"absolute\"?)");
        assertThat(Reading.error(Reading.task("\"lock\": null"))).contains("expected a name in quotes, found null");
        assertThat(Reading.error(Reading.task("\"memrun\": {\"type\": \"reed\", \"size\": 1, \"count\": 1}")))
                .contains("did you mean \"read\"?");
    }

    @Test
    void locks_that_do_not_pair_are_refused_at_the_task() {
        assertThat(Reading.error(Reading.task("\"run\": 1, \"unlock\": \"m\"")))
                .isEqualTo("w.json:1:12: thread \"t\", step 1.2: mutex \"m\" is not locked here");
    }

    @Test
    void a_barrier_counts_the_instances_of_all_references() {
        Workload workload = Reading.workload("""
                {"tasks": {
                  "a": {"instance": 3, "run": 1, "barrier": "X"},
                  "b": {"run": 1, "barrier": "X", "sleep": 2, "barrier_y": "Y"},
                  "c": {"instance": 2, "run": 1, "barrier": "Y"}}}
                """);
        assertThat(workload.objects().barriers())
                .containsExactly(new ObjectTables.Barrier("X", 4), new ObjectTables.Barrier("Y", 3));
    }

    @Test
    void a_suspend_waits_under_its_value_unless_told_otherwise() {
        String text = Reading.task("\"run\": 1, \"suspend\": \"group\"");
        assertThat(Reading.workload(text).objects().conditions()).containsExactly("group");
        assertThat(Reading.warnings(text))
                .containsExactly(
                        "w.json:1:39: task \"t\" suspends on \"group\": the name is honoured, as rt-app 1.0 did;"
                                + " current rt-app ignores it");
        RtAppResult self = Reading.read(text, RtAppOptions.defaults().withSuspendSelf());
        assertThat(self.workload().objects().conditions()).containsExactly("t");
        assertThat(self.warnings()).hasSize(1);
    }

    @Test
    void priority_inheritance_applies_to_all_mutexes() {
        Workload workload = Reading.workload("{\"global\": {\"pi_enabled\": true}, \"tasks\": {\"t\": {\"run\": 1,"
                + " \"lock\": \"m\", \"unlock\": \"m\"}}}");
        assertThat(workload.objects().mutexes()).containsExactly(new ObjectTables.Mutex("m", true));
    }

    @Test
    void forked_threads_are_patterns_after_the_threads_made_at_the_start() {
        Workload workload = Reading.workload("""
                {"tasks": {
                  "main": {"instance": 2, "loop": 1, "fork": "late", "fork": "worker", "run": 5},
                  "late": {"instance": 0, "delay": 50, "loop": 1, "run": 1},
                  "worker": {"loop": 1, "run": 1}}}
                """);
        assertThat(workload.initialThreads()).isEqualTo(3);
        assertThat(workload.threads())
                .extracting(ThreadEntry::path)
                .containsExactly("main-0", "main-1", "worker-2", "late", "worker");
        ThreadEntry late = workload.threads().get(3);
        assertThat(late.onDemand()).isTrue();
        assertThat(late.timerBaseNs()).isZero();
        assertThat(workload.forkedPath("main-1", false, late, 7)).isEqualTo("late-1-0007");
        assertThat(workload.forkedPath("late-1-0007", true, late, 12345)).isEqualTo("late-1-0007>late-12345");
        assertThat(Reading.error(
                        "{\"tasks\": {\"main\": {\"run\": 1, \"fork\": \"worka\"}, \"worker\": {\"run\": 1}}}"))
                .isEqualTo("w.json:1:39: there is no task \"worka\" to fork (did you mean \"worker\"?)");
    }
}
