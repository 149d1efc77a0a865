package dev.swtch.engine.rtapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.workload.Program;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the text may look like: as json-c takes it, in both dialects. */
class TextLayerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tasks\": {\"t\": {\"run\": 10}}}",
                "/* a */ { // b\n \"tasks\" /* c */ : {\"t\": {\"run\": /* d\n */ 10}}} // e",
                "{\"tasks\": {\"t\": {\"run\": 10,},},}",
                "{'tasks': {'t': {'run': 10}}}",
                "{\"tasks\": {\"t\": {\"run\": 010}}}",
                "{\"tasks\": {\"t\": {\"run\": 10}}, \"global\": {\"pi_enabled\": False, \"gnuplot\": TRUE}}",
                "{\"tasks\": {\"t\": {\"run\": 10}}, \"global\": NULL}",
                "\n\r\t {\"tasks\": {\"t\": {\"cpus\": [], \"run\": 10}}}",
                "{\"tasks\": {\"\\u0074\": {\"run\": 10}}}"
            })
    void is_accepted(String text) {
        for (RtAppOptions options : new RtAppOptions[] {
            RtAppOptions.defaults(), RtAppOptions.defaults().withStrict()
        }) {
            RtAppResult result = Reading.read(text, options);
            Program program = result.workload().programs().get(0);
            assertThat(program.disassemble()).contains("compute 10us");
            assertThat(result.workload().threads().get(0).path()).isEqualTo("t-0");
            assertThat(result.warnings()).isEmpty();
        }
    }

    @Test
    void a_tab_in_a_string_is_part_of_it() {
        assertThat(Reading.workload("{\"tasks\": {\"a\tb\": {\"run\": 1}}}")
                        .threads()
                        .get(0)
                        .path())
                .isEqualTo("a\tb-0");
    }

    @Test
    void what_follows_the_first_value_is_ignored_with_a_warning() {
        assertThat(Reading.warnings(Reading.task("\"run\": 1") + "\n}} what? /*"))
                .containsExactly("w.json:2:1: everything from here on is ignored: the workload has ended");
    }

    @Test
    void numbers_too_large_are_clamped() {
        String text = Reading.task("\"loop\": 1, \"run\": 18446744073709551615, \"sleep\": 99999999999999999999999");
        assertThat(Reading.program(text)).startsWith("0: compute 2147483647us\n2: sleep 2147483647us\n");
        assertThat(Reading.warnings(text))
                .containsExactly(
                        "w.json:1:36: event \"run\": time in us does not fit into 32 bits and becomes 2147483647",
                        "w.json:1:67: event \"sleep\": time in us does not fit into 32 bits and becomes 2147483647");
    }

    @Test
    void numbers_that_are_none_are_words_of_the_text_but_values_of_nothing() {
        assertThat(Reading.error(Reading.task("\"run\": NaN")))
                .isEqualTo("w.json:1:25: event \"run\": time in us: expected a whole number, found the number NaN");
        assertThat(Reading.error(Reading.task("\"run\": -Infinity"))).contains("found the number -Infinity");
        assertThat(Reading.error(Reading.task("\"run\": 1.5"))).contains("found the number 1.5");
        assertThat(Reading.error(Reading.task("\"run\": 1e3"))).contains("found the number 1e3");
    }

    @Test
    void a_bare_suspend_means_the_task_itself() {
        String text = Reading.task("\"run\": 1, \"suspend\", \"suspend2\"");
        assertThat(Reading.program(text)).contains("lock 0\n8: wait 0 0");
        assertThat(Reading.workload(text).objects().conditions()).containsExactly("t");
        assertThat(Reading.warnings(text)).hasSize(1);
        assertThat(Reading.error(text, RtAppOptions.defaults().withStrict()))
                .isEqualTo("w.json:1:28: the key \"suspend\" has no value");
    }

    @Test
    void faults_of_the_text_are_refused_with_their_place() {
        assertRefused("", "w.json:1:1: the file is empty: expected an object with \"tasks\"");
        assertRefused(" \n // nothing\n", "w.json:3:1: the file is empty: expected an object with \"tasks\"");
        assertRefused("{tasks: {}}", "w.json:1:2: this is not a key: expected a key in quotes, or '}', found 't'");
        assertRefused(
                "{ # note\n}",
                "w.json:1:3: this is not a key (comments are // or /* */): expected a key in quotes, or '}', found '#'");
        assertRefused(
                "{\"a\": 0x10}",
                "w.json:1:7: this is neither a number nor a word of JSON: expected a value, found \"0x10\"");
        assertRefused(
                "{\"a\": +1}",
                "w.json:1:7: this is neither a number nor a word of JSON: expected a value, found \"+1\"");
        assertRefused(
                "{\"a\": 1,, \"b\": 2}", "w.json:1:9: this is not a key: expected a key in quotes, or '}', found ','");
        assertRefused("{, \"a\": 1}", "w.json:1:2: this is not a key: expected a key in quotes, or '}', found ','");
        assertRefused("[1,,2]", "w.json:1:4: this is not a value: expected a value, found ','");
        assertRefused("{\"run\"}", "w.json:1:2: the key \"run\" has no value");
        assertRefused("{\"a\" 1}", "w.json:1:6: after the key \"a\": expected ':' and a value, found '1'");
        assertRefused(
                "{\"a\": 1\n \"b\": 2}",
                "w.json:2:2: in the object that begins at line 1: expected ',' or '}', found '\"'");
        assertRefused("{\"a\": \"b\n\"}", "w.json:1:7: this string has no closing quote on its line");
        assertRefused("{\"a\": \"\\q\"}", "w.json:1:9: '\\q' is no escape of JSON");
        assertRefused("{ /* }", "w.json:1:3: this comment is never closed");
        assertRefused("[".repeat(40), "w.json:1:33: nested deeper than 32 levels");
    }

    @Test
    void a_file_cut_short_names_what_is_open() {
        String whole = "{\n \"tasks\": {\n  \"t\": { \"cpus\": [0, 1], \"run\": 10 }\n }\n}";
        for (int length = 1; length < whole.length(); length++) {
            assertThat(Reading.error(whole.substring(0, length))).startsWith("w.json:");
        }
        assertThat(Reading.error(whole.substring(0, whole.indexOf("\"cpus"))))
                .isEqualTo("w.json:3:10: the file ends inside the object that begins at line 3, column 8");
    }

    @Test
    void what_is_no_text_is_refused_plainly() {
        RtAppOptions options = RtAppOptions.defaults();
        assertThat(Reading.error(new byte[] {0x7f, 'E', 'L', 'F', 0, 1}, options))
                .isEqualTo("w.json:1:1: the file is binary, not a text");
        assertThat(Reading.error(new byte[] {'{', (byte) 0xc3, '}'}, options))
                .isEqualTo("w.json:1:1: the file is not UTF-8 text");
        assertThat(Reading.error(new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0}, options))
                .isEqualTo("w.json:1:1: the file is UTF-16: save it as UTF-8");
        assertThat(Reading.error("\ufeff{}".getBytes(StandardCharsets.UTF_8), options))
                .isEqualTo("w.json:1:1: the file begins with a byte order mark: save it as UTF-8 without one");
    }

    private static void assertRefused(String text, String message) {
        assertThat(Reading.error(text)).isEqualTo(message);
    }
}
