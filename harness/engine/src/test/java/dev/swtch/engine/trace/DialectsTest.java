package dev.swtch.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One millisecond of three tasks on two CPUs, told in every dialect. main makes a worker and waits for it; an interrupt
 * wakes audio, which preempts the worker; the disk wakes main; the worker exits; main sleeps and is made nicer.
 */
class DialectsTest {
    private static final String THREADS = """
          main-10:
            timer-base: 0
            do:
              - fork: {thread: "my worker-11", count: 1}
              - compute: 100us
              - pend: "11>10"
              - compute: 145us
              - timer: {own: clock, period: 700us, missed: catch-up}
              - compute: 195us
              - sleep: 50us
              - compute: 50us
              - set: {nice: 5}
              - sleep: 1ms
          "my worker-11":
            start: on-demand
            process: main-10
            do:
              - compute: 245us
              - post: "11>10"
              - compute: 490us
          audio-20:
            class: realtime
            priority: 50
            start: 290us
            do:
              - compute: 60us
              - sleep: 1ms
        """;

    private static final String THREADS_ALONE = THREADS.replace("    process: main-10\n", "");

    @ParameterizedTest
    @ValueSource(strings = {"kernel-tgid.txt", "perf-script.txt", "systrace.html"})
    void dialects_that_tell_the_process(String file) {
        assertThat(Samples.threads(Samples.read(Samples.file(file)))).isEqualTo(THREADS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel.txt", "trace-cmd.txt", "trace-cmd-raw.txt", "systrace-old.html"})
    void dialects_that_do_not(String file) {
        assertThat(Samples.threads(Samples.read(Samples.file(file)))).isEqualTo(THREADS_ALONE);
    }

    @Test
    void a_trace_says_how_long_it_is_and_of_how_many_cpus() {
        TraceImport trace = Samples.read(Samples.file("perf-script.txt"));
        assertThat(trace.recorder()).isEqualTo("perf script");
        assertThat(trace.workload().durationNs()).isEqualTo(1_000_000);
        assertThat(trace.workload().cpus()).isEqualTo(2);
        assertThat(trace.tasks()).isEqualTo(3);
        assertThat(trace.switches()).isEqualTo(11);
        assertThat(trace.wakes()).isEqualTo(4);
        assertThat(trace.spanNs()).isEqualTo(995_000);
        assertThat(trace.passedOver().otherEvents()).hasToString("{sched_process_exit=1, sched_stat_runtime=1}");
        assertThat(trace.warnings()).isEmpty();
    }

    @Test
    void a_page_with_several_sections_whatever_else_their_tags_say() {
        String event = "a-1 [000] %d.0: sched_switch: prev_comm=a prev_pid=1 prev_prio=120 prev_state=S ==> next_comm=b"
                + " next_pid=2 next_prio=120\r\n";
        String page =
                "<html>\r\n<script class=\"trace-data\" type=\"application/text\">\r\nPROCESS DUMP\r\n</script>\r\n"
                        + "<script type='application/text' class = 'trace-data' >\r\n" + event.formatted(1)
                        + "</script>\r\n<script>var no = \""
                        + event.formatted(2).strip() + "\";</script>\r\n"
                        + "<script class=trace-data>" + event.formatted(3) + "</script></html>\r\n";
        TraceImport trace =
                TraceFile.read("t.html", new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), List.of());
        assertThat(trace.switches()).isEqualTo(2);
        assertThat(trace.spanNs()).isEqualTo(2_000_000_000L);
    }

    @Test
    void packed_traces_and_those_of_atrace() throws IOException {
        byte[] plain = Samples.file("kernel.txt");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(plain);
        }
        assertThat(Samples.threads(Samples.read(zipped.toByteArray()))).isEqualTo(THREADS_ALONE);
        for (String begin : new String[] {"TRACE:\n", "TRACE:\r\n"}) {
            ByteArrayOutputStream atrace = new ByteArrayOutputStream();
            atrace.write(begin.getBytes(StandardCharsets.US_ASCII));
            try (OutputStream out = new DeflaterOutputStream(atrace)) {
                out.write(plain);
            }
            assertThat(Samples.threads(Samples.read(atrace.toByteArray()))).isEqualTo(THREADS_ALONE);
        }
        String raw = "TRACE:\r\n" + new String(plain, StandardCharsets.UTF_8).replace("\n", "\r\n");
        assertThat(Samples.threads(Samples.read(raw))).isEqualTo(THREADS_ALONE);
    }

    @Test
    void a_trace_is_known_by_its_beginning() {
        for (String file : Samples.DIALECTS) {
            assertThat(TraceFile.isTrace(Samples.file(file))).as(file).isTrue();
        }
    }

    @Test
    void other_files_are_no_traces() {
        for (String text : new String[] {
            "",
            "workload: 1\nname: x\nthreads: {t: {do: [{compute: 1ms}]}}\n",
            "{\"tasks\": {\"t\": {\"cpus\": [0], \"run\": 5}}}",
            "# a comment\nthreads [000] 5: none\n",
            "ipi_send = 120\n"
        }) {
            assertThat(TraceFile.isTrace(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isFalse();
        }
        assertThat(TraceFile.isTrace("PERFILE2h\0\0\0".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }
}
