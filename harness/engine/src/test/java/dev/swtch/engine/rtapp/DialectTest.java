package dev.swtch.engine.rtapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.workload.ThreadEntry;
import org.junit.jupiter.api.Test;

class DialectTest {
    private static final RtAppOptions STRICT = RtAppOptions.defaults().withStrict();

    @Test
    void duplicate_events_survive_in_order_or_collapse_to_the_first_position() {
        String text = Reading.task("\"loop\":2,\"run\":1000,\"sleep\":1000,\"run\":5000");
        assertThat(Reading.program(text)).isEqualTo("""
                        0: loop-begin r0 x2 @13
                        4: compute 1ms
                        6: sleep 1ms
                        8: compute 5ms
                        10: loop-end r0 @4
                        13: exit
                        """);
        assertThat(Reading.read(text, STRICT).workload().programs().get(0).disassemble())
                .isEqualTo("""
                        0: loop-begin r0 x2 @11
                        4: compute 5ms
                        6: sleep 1ms
                        8: loop-end r0 @4
                        11: exit
                        """);
    }

    @Test
    void both_dialects_warn_where_they_differ() {
        String text = Reading.task("\"run\":1000,\"sleep\":1000,\n\"run\":5000,\"run\":1,\"sleep\":2");
        assertThat(Reading.warnings(text))
                .containsExactly("w.json:2:1: duplicate keys (run, sleep): all are kept, in order; rt-app without"
                        + " workgen would keep only the last value of each, at the first position");
        assertThat(Reading.warnings(text, STRICT))
                .containsExactly("w.json:2:1: duplicate keys (run, sleep): only the last value of each is kept, at the"
                        + " first position; workgen would keep all");
    }

    @Test
    void duplicate_phases_survive_or_collapse() {
        String text = Reading.task(
                "\"loop\": 1, \"phases\": {\"light\": {\"loop\": 20, \"run\": 1}, \"heavy\": {\"loop\": 30, \"run\": 2},"
                        + "\"light2\": {\"loop\": 40, \"run\": 3}, \"heavy\": {\"loop\": 60, \"run\": 4}}");
        assertThat(Reading.program(text)).containsSubsequence("x20", "1us", "x30", "2us", "x40", "3us", "x60", "4us");
        String strict = Reading.read(text, STRICT).workload().programs().get(0).disassemble();
        assertThat(strict).containsSubsequence("x20", "x60", "4us", "x40").doesNotContain("x30");
    }

    @Test
    void a_duplicate_task_is_a_task_of_its_own_with_a_number() {
        String text = "{\"tasks\": {\"t\": {\"run\": 1}, \"t1\": {\"run\": 2}, \"t\": {\"run\": 3}}}";
        assertThat(Reading.workload(text).threads())
                .extracting(ThreadEntry::path)
                .containsExactly("t-0", "t1-1", "t2-2");
    }

    @Test
    void a_duplicate_property_is_the_first_one_or_the_last_one() {
        String text = Reading.task("\"priority\": 3, \"run\": 1, \"priority\": 4");
        assertThat(Reading.workload(text).threads().get(0).nice()).isEqualTo(3);
        assertThat(Reading.read(text, STRICT).workload().threads().get(0).nice())
                .isEqualTo(4);
    }

    @Test
    void unknown_keys_are_warned_about_or_refused_with_the_nearest_word() {
        String text = "{\"global\": {\"durration\": 3},\n \"tasks\": {\"t\": {\"slep\": 4, \"run\": 1}}}";
        assertThat(Reading.warnings(text))
                .containsExactly(
                        "w.json:1:13: unknown key \"durration\" in \"global\" is ignored (did you mean \"duration\"?)",
                        "w.json:2:18: unknown key \"slep\" in task \"t\" is ignored (did you mean \"sleep\"?)");
        assertThat(Reading.error(text, STRICT)).isEqualTo("""
                        w.json: 2 errors
                          1) w.json:1:13: unknown key "durration" in "global" (did you mean "duration"?)
                          2) w.json:2:18: unknown key "slep" in task "t" (did you mean "sleep"?)""");
    }
}
