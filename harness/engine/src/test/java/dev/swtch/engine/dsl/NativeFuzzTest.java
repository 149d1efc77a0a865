package dev.swtch.engine.dsl;

import dev.swtch.engine.fuzz.Fuzz;
import dev.swtch.engine.workload.bundled.BundledWorkloads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class NativeFuzzTest {
    private static final String EVERY_WORD = "src/test/resources/language/every-word.yaml";

    private static final List<String> WORDS = List.of(
            "\n",
            "  ",
            ": ",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "\"",
            "'",
            "#",
            "&a ",
            "*a",
            "<<: ",
            "!x ",
            "|",
            ">",
            "---",
            "null",
            "true",
            "all",
            "1ms",
            "10us",
            "0",
            "loop: ",
            "times: ",
            "forever: true",
            "do: ",
            "compute: ",
            "fork: ",
            "call: ",
            "${i}",
            "${",
            "exp",
            "lock: ",
            "count: ",
            "start: on-demand",
            "threads:",
            "objects:",
            "kernel",
            "set: {nice: 3}");

    private static final List<String> EXPRESSIONS =
            List.of("1 + 2 * n", "(n - 1) / 2", "n * 10us / 1us", "7 - (n + 3) / 4", "2 * (n + n)", "3ms / 1.5ms");

    private static final List<String> SYMBOLS = List.of(
            "+",
            "-",
            "*",
            "/",
            "%",
            "(",
            ")",
            " ",
            "n",
            "m",
            "1ms",
            "0",
            "1.5",
            ",",
            "min(",
            "max(",
            "9223372036854775807",
            "us",
            ".");

    private static String expression(String text) {
        return "workload: 1\nparams: {n: 5}\nthreads: {t: {do: [{compute: 1ms}, {loop: {times: \"${" + text
                + "}\", do: [{compute: 1us}]}}]}}\n";
    }

    @TestFactory
    List<DynamicTest> workloads() throws IOException {
        List<String> good = new ArrayList<>();
        BundledWorkloads.list().forEach(bundled -> good.add(BundledWorkloads.text(bundled.name())));
        good.add(Files.readString(Path.of(EVERY_WORD)));
        Schema schema = new Schema();
        return Fuzz.tests("native", good, WORDS, input -> {
            NativeYaml.read(EVERY_WORD, input);
            List<String> complaints = schema.complaints(new String(input, StandardCharsets.UTF_8));
            if (!complaints.isEmpty()) {
                throw new IllegalStateException("read, but not in the schema: " + complaints);
            }
        });
    }

    @TestFactory
    List<DynamicTest> expressions() throws IOException {
        return Fuzz.tests("expression", EXPRESSIONS, SYMBOLS, input -> {
            String text = new String(input, StandardCharsets.UTF_8).replaceAll("[\"\\\\\\p{Cntrl}]", "");
            byte[] workload = expression(text).getBytes(StandardCharsets.UTF_8);
            NativeYaml.read("w.yaml", workload);
        });
    }
}
