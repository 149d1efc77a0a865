package dev.swtch.engine.trace;

import static dev.swtch.engine.trace.Samples.IDLE;
import static dev.swtch.engine.trace.Samples.change;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.swtch.engine.discovery.BadChoiceException;
import dev.swtch.engine.workload.BadInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Each fault has one message, with the place. */
class BadTraceTest {
    private static final String GOOD = change(0, 0, IDLE, "R", "a:1") + change(9, 0, "a:1", "S", IDLE);

    private static String refusal(byte[] content) {
        Throwable thrown = catchThrowable(() -> Samples.read(content));
        assertThat(thrown).isInstanceOf(BadInputException.class);
        return String.valueOf(thrown.getMessage());
    }

    private static String refusal(String content) {
        return refusal(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void nothing_to_replay() {
        assertThat(refusal(""))
                .isEqualTo("t.txt:1:1: nothing to replay: expected sched_switch events, found 0 lines with no scheduler"
                        + " event");
        assertThat(refusal("sh-1 [000] 5.0: cpu_idle: state=1 cpu_id=0\n"))
                .isEqualTo("t.txt:1:1: nothing to replay: expected sched_switch events, found 1 lines with no scheduler"
                        + " event");
        assertThat(refusal(Samples.waking(1, 0, IDLE, "a:1")))
                .isEqualTo("t.txt:1:1: nothing to replay: expected sched_switch events, found 1 lines with wake-ups but"
                        + " no switch");
        assertThat(refusal(change(1, 0, IDLE, "R", IDLE)))
                .isEqualTo("t.txt:1:1: nothing to replay: expected tasks, found idle CPUs");
        assertThat(refusal("<html>\n<body>[000] 5.0: none: here</body>\n</html>\n"))
                .isEqualTo("t.txt:3:1: a page without a trace: expected a section of class \"trace-data\", found none");
    }

    @Test
    void switches_without_a_cpu() {
        String args = "prev_comm=a prev_pid=1 prev_prio=120 prev_state=S ==> next_comm=b next_pid=2 next_prio=120\n";
        for (String line : List.of("a-1 d..2. 5.0: sched_switch: ", "a 1 5.0: sched:sched_switch: ")) {
            byte[] trace = ("# tracer: nop\n" + line + args).getBytes(StandardCharsets.UTF_8);
            assertThat(TraceFile.isTrace(trace)).isTrue();
            assertThat(refusal(trace))
                    .isEqualTo("t.txt:2:1: nothing to replay: expected COMM-PID or COMM PID, [CPU] and TIME: before it"
                            + " (perf script -F comm,pid,tid,cpu,time,event,trace), found a switch without one of"
                            + " these");
        }
    }

    @Test
    void a_file_that_is_cut_off() {
        String event =
                "sh-1 [000] 5.000010: sched_switch: prev_comm=sh prev_pid=1 prev_prio=120 prev_state=S ==> next_comm=x";
        assertThat(refusal(GOOD + event))
                .isEqualTo("t.txt:3:101: the file is cut off within sched_switch: expected next_pid= after next_comm=,"
                        + " found 'x'");
        assertThat(refusal(GOOD + "sh-1 [000] 5.0000"))
                .isEqualTo("t.txt:3:18: the file is cut off: expected the rest of an event, found the end of the file");
        assertThat(refusal("<!DOCTYPE html>\n<script class=\"trace-data\">\n" + GOOD))
                .isEqualTo("t.txt:4:1: the file is cut off: expected the end of the page after the trace, found the end"
                        + " of the file");
        assertThat(Samples.read(GOOD.stripTrailing()).switches()).isEqualTo(2);
    }

    @Test
    void an_event_that_cannot_be_read() {
        assertThat(refusal(GOOD.replace("next_pid=0", "next_pid=none")))
                .isEqualTo(
                        "t.txt:2:116: cannot read sched_switch: expected next_pid=NUMBER, found 'none next_prio=120'");
        assertThat(refusal(GOOD.replace("prev_state=S", "prev_state=%")))
                .isEqualTo("t.txt:2:83: cannot read sched_switch: expected a state such as S, R+ or 1, found '% ==>"
                        + " next_comm=swapper next_pid=0 next_...'");
        assertThat(refusal("sh-1 [000] 5.0: sched_switch: sh:1 [120] ==> x:2 [120]\n"))
                .isEqualTo("t.txt:1:31: cannot read sched_switch: expected prev_comm=... ==> next_comm=..., or COMM:TID"
                        + " [PRIO] STATE ==> COMM:TID [PRIO], found 'sh:1 [120] ==> x:2 [120]'");
        assertThat(refusal("sh-1 [000] 5.0: sched_waking: nothing\n"))
                .isEqualTo("t.txt:1:38: cannot read sched_waking: expected comm=, found 'nothing'");
    }

    @Test
    void a_binary_file() {
        assertThat(refusal(GOOD + "a\u0000b\n"))
                .isEqualTo("t.txt:3:2: the file is binary: expected text, found the byte 0");
        assertThat(refusal("\u0017\bDtracing6\0\0"))
                .isEqualTo("t.txt:1:1: not the text of a trace: expected the output of \"trace-cmd report\", found the"
                        + " recorder's binary");
        assertThat(refusal("PERFILE2h\0\0"))
                .isEqualTo("t.txt:1:1: not the text of a trace: expected the output of \"perf script\", found the"
                        + " recorder's binary");
    }

    @Test
    void a_packed_file_that_is_damaged() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(Samples.file("kernel.txt"));
        }
        byte[] whole = zipped.toByteArray();
        assertThat(refusal(Arrays.copyOf(whole, whole.length - 20)))
                .startsWith("t.txt:")
                .endsWith(": the file cannot be unpacked further: it is cut off or damaged");
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, 30, 60, (byte) 0x55);
        assertThat(refusal(damaged)).endsWith(": the file cannot be unpacked further: it is cut off or damaged");
    }

    @Test
    void time_that_runs_backwards_or_too_long() {
        assertThat(refusal(GOOD + GOOD.replace("] 5.", "] 3.")))
                .isEqualTo("t.txt:3:1: time runs backwards: is this more than one trace?: expected no less than"
                        + " 5.000009000 s, found 3.000000000 s");
        assertThat(refusal(GOOD + GOOD.replace("] 5.", "] 4500.")))
                .isEqualTo("t.txt:1:1: the trace is longer than can be simulated: expected at most 4398 s, found 4495"
                        + " s");
    }

    @Test
    void more_cpus_than_can_be_simulated() {
        assertThat(refusal(GOOD.replace("[000]", "[1024]")))
                .isEqualTo("t.txt:1:1: more CPUs than can be simulated: expected at most 1024, found 1025");
    }

    @Test
    void a_task_that_is_not_there() {
        Throwable thrown =
                catchThrowable(() -> Samples.read(GOOD.replace("a-1", "audio-1").replace("=a ", "=audio "), "audoi"));
        assertThat(thrown)
                .isInstanceOf(BadChoiceException.class)
                .hasMessage("unknown task 'audoi': expected audio (did you mean \"audio\"?)");
    }
}
