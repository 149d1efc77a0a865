package dev.swtch.engine.rtapp;

import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.fuzz.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RtAppFuzzTest {
    private static final List<String> GOOD = List.of(
            """
            /* every kind of event */ {
              "tasks": {
                "a": {"instance": 3, "delay": 500, "policy": "SCHED_RR", "priority": 5, "cpus": [0, 1],
                  "phases": {
                    "p": {"loop": 2, "run": 100, "timer": {"ref": "unique", "period": 1000, "mode": "absolute"}},
                    "q": {"loop": 1, "lock": "m", "wait": {"ref": "c", "mutex": "m"}, "unlock": "m", "yield": ""}}},
                "b": {"loop": 4, "run": 50, "resume": "c", "suspend": "b", "fork": "z", "sem_post": "c", "sleep": 10},
                "z": {"instance": 0, "loop": 1, "runtime": 300, "barrier": "c", "mem": 20, "iorun": 100}
              },
              "global": {"duration": 2, "default_policy": "SCHED_OTHER", "pi_enabled": false, "calibration": "CPU0"},
              "resources": {"m": {"type": "mutex"}, "c": {"type": "wait"}}
            }
            """,
            "{\"tasks\": {\"t\": {\"loop\": -1, \"run\": 10, \"run\": 20, \"signal\": \"t\", \"broad\": \"t\","
                    + " \"lock\": \"y\", \"sync\": {\"ref\": \"x\", \"mutex\": \"y\"}, \"unlock\": \"y\"}}}");

    private static final List<String> WORDS = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "'",
            "//",
            "/*",
            "*/",
            "\\u0000",
            "\\ud800",
            "null",
            "TRUE",
            "1e5",
            "0x10",
            "\"run\": 5",
            "\"loop\": 0",
            "\"phases\": {}",
            "\"fork\": \"a\"",
            "\"suspend\"",
            "\"instance\": 99999999",
            "\"delay\": -5",
            "\"cpus\": [-1]",
            "\"nodes_membind\": [0]",
            "\"policy\": \"SCHED_DEADLINE\"",
            "\"taskgroup\": \"/\"");

    @TestFactory
    List<DynamicTest> workloads() throws IOException {
        return Fuzz.tests("rt-app", GOOD, WORDS, input -> {
            String text = NativeYaml.write(RtApp.read("x.json", input, RtAppOptions.defaults())
                    .workload()
                    .source());
            NativeYaml.read("again.yaml", text.getBytes(StandardCharsets.UTF_8));
        });
    }

    @TestFactory
    List<DynamicTest> strict_workloads() throws IOException {
        List<String> good = List.of("{\"tasks\": {\"t\": {\"loop\": 2, \"run\": 10, \"sleep\": 5}}}");
        return Fuzz.tests(
                "rt-app",
                good,
                WORDS,
                input -> RtApp.read("x.json", input, RtAppOptions.defaults().withStrict()));
    }
}
