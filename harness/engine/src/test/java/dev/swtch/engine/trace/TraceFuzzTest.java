package dev.swtch.engine.trace;

import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.fuzz.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TraceFuzzTest {
    private static final List<String> WORDS = List.of(
            " ==> ",
            "[000]",
            "[1023] ",
            "-0",
            "-1/-1",
            ": ",
            "\n",
            "\\n\\",
            " 5.000010: ",
            "sched_switch: ",
            "sched:sched_waking: ",
            "prev_comm=",
            " prev_pid=",
            " prev_state=R+",
            " prev_state=2048",
            "next_comm=",
            " next_pid=",
            " next_prio=-1",
            "comm=",
            "pid=",
            " success=0",
            "<idle>",
            "<...>",
            "</script>",
            "<script class=\"trace-data\">",
            "TRACE:\n",
            "x\u009c",
            "CPU:1 [LOST 5 EVENTS]\n",
            "[FAILED TO PARSE] ",
            "${",
            "d.h2",
            "\u001f\u008b",
            "cpus=9999\n");

    /** What a trace becomes can also be written and read again. */
    @TestFactory
    List<DynamicTest> traces() throws IOException {
        List<byte[]> good = Samples.DIALECTS.stream().map(Samples::file).toList();
        return Fuzz.testsOfBytes("trace", good, WORDS, input -> {
            TraceFile.isTrace(input);
            String text = NativeYaml.write(Samples.read(input).workload().source());
            NativeYaml.read("again.yaml", text.getBytes(StandardCharsets.UTF_8));
        });
    }
}
