package dev.swtch.engine.trace.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadParserTest {
    private static TraceEvent.Head head(String line) {
        TraceLine parsed = HeadParser.parse(line);
        if (parsed == null) {
            throw new AssertionError("no event: " + line);
        }
        return parsed.head();
    }

    /** Lines as recorders write them; names and numbers are made up. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "          <idle>-0     [001] d..2  1234.000001: sched_switch: x | <idle> | 0 | -1 | 1 | 1234000001000",
                "sh-14446 [000] ...2  1212.465062: sched_switch: x | sh | 14446 | -1 | 0 | 1212465062000",
                "  a-b-c 1-2-77   (  598) [004] .... 10.5: print: x | a-b-c 1-2 | 77 | 598 | 4 | 10500000000",
                "  kworker/0:1-9 (-----) [000] d..3. 10.123456789: print: x | kworker/0:1 | 9 | -1 | 0 | 10123456789",
                "  x-1 [0] 7-8 [003]   12: ev: x | x-1 [0] 7 | 8 | -1 | 3 | 12",
                "C2 CompilerThre 28512/28544 [000]  1.000000002: a:b: x | C2 CompilerThre | 28544 | 28512 | 0 |"
                        + " 1000000002",
                "  :-1 28512/-1 [001]  1.5:    1 sched:sched_switch: x | :-1 | -1 | 28512 | 1 | 1500000000",
                "  [kthread] 5 [011] 0.0: a:b: | [kthread] | 5 | 5 | 11 | 0",
                "comm-3 [000] 99999999999: ev: x | comm | 3 | -1 | 0 | 99999999999",
            })
    void heads(String line, String comm, int tid, int pid, int cpu, long timeNs) {
        assertThat(head(line)).isEqualTo(new TraceEvent.Head(timeNs, cpu, tid, pid, comm, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[000]",
                "sh-1 [000]",
                "sh-1 [000] 5.0",
                "sh-1 [000] 5.0: ",
                "sh-1 [000] 5.0: event",
                "sh-1 [000] 5.0: event:x",
                "sh-1 [000] 5.: event: x",
                "sh-1 [000] 5.1234567890: event: x",
                "sh-1 [000] 1234567890123456789: event: x",
                "sh-1[000] 5.0: event: x",
                "sh-1 [99999] 5.0: event: x",
                "sh-x [000] 5.0: event: x",
                "sh [000] 5.0: event: x",
                "sh-99999999999 [000] 5.0: event: x",
                "sh-1 (x) [000] 5.0: event: x",
                "sh-1 [000] flagstoolong 5.0: event: x",
                "sh 1/x [000] 5.0: a:b: x",
                "# sh-1 (000) 5.0: event: x"
            })
    void other_lines_are_none(String line) {
        assertThat(HeadParser.parse(line)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"d.h2", "dNs3", "..H1", "d.Z1", "d.h2."})
    void interrupts_have_a_flag(String flags) {
        assertThat(head("sh-1 [000] " + flags + " 5.0: event: x").interrupted()).isTrue();
    }
}
