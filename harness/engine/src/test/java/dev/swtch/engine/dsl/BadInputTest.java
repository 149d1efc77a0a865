package dev.swtch.engine.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.swtch.engine.workload.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class BadInputTest {
    private static final Path FILES = Path.of("src/test/resources/bad-workloads");

    /** Each file has one kind of fault; beside it stands what the user is told. */
    @TestFactory
    List<DynamicTest> each_fault_has_its_message() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> assertTold(file)))
                    .toList();
        }
    }

    private static void assertTold(Path file) throws IOException {
        String name = file.getFileName().toString();
        String told = refusal(file.toString(), Files.readAllBytes(file)).replace(FILES + "/", "");
        Golden.assertMatches(name.replace(".yaml", ".txt"), told + "\n");
    }

    @Test
    void files_that_are_no_text() {
        assertThat(refusal("w.yaml", new byte[] {'a', '\n', 'b', 0, 1}))
                .isEqualTo("w.yaml:2:2: the file is binary, not a text");
        assertThat(refusal("w.yaml", new byte[] {'a', (byte) 0xff}))
                .isEqualTo("w.yaml:1:1: the file is not UTF-8 text");
        assertThat(refusal("w.yaml", "workload: 1\n".getBytes(StandardCharsets.UTF_16)))
                .isEqualTo("w.yaml:1:1: the file is UTF-16 text: save it as UTF-8");
        assertThat(refusal("w.yaml", new byte[17 << 20])).isEqualTo("w.yaml:1:1: the file is larger than 16 MiB");
    }

    /** They are counted before any of them is kept. */
    @Test
    void far_too_many_values() {
        assertThat(refusal("workload: 1\nx: [" + "a,".repeat(1_100_000) + "]"))
                .isEqualTo("w.yaml:2:1999995: the file has far more than 500000 values");
        assertThat(refusal("workload: 1\nx: [" + "a,".repeat(600_000) + "]"))
                .startsWith("w.yaml:2:")
                .contains("more than 500000 values, counting aliases");
    }

    @Test
    void deep_nesting() {
        assertThat(refusal("[".repeat(300_000))).endsWith("lists and mappings are nested too deeply");
        assertThat(refusal("[".repeat(200) + "]".repeat(200))).endsWith("lists and mappings are nested too deeply");
        String loops = "{loop: {times: 2, do: [".repeat(40) + "{compute: 1ms}" + "]}}".repeat(40);
        assertThat(refusal("workload: 1\nthreads: {a: {do: [" + loops + "]}}")).endsWith("nested too deeply");
        assertThat(refusal("workload: 1\nthreads: {a: {do: [{compute: \"${" + "(".repeat(150) + "}\"}]}}"))
                .endsWith("the expression is nested too deeply");
    }

    /** What stands in the file when the user's editor is interrupted at any byte is read or refused, never more. */
    @Test
    void a_workload_cut_off_anywhere() throws IOException {
        byte[] whole = bundled("hackbench.yaml");
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            Throwable thrown = catchThrowable(() -> NativeYaml.read("cut.yaml", cut));
            assertThat(thrown == null || thrown instanceof BadInputException)
                    .as("length " + cut.length + ": " + thrown)
                    .isTrue();
        }
    }

    @Test
    void a_workload_with_any_byte_changed() throws IOException {
        byte[] whole = bundled("make-j.yaml");
        byte[] changes = "0-:{}[]\"'&*!|>%@`#,. \n\t${x".getBytes(StandardCharsets.US_ASCII);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] = changes[at % changes.length];
            Throwable thrown = catchThrowable(() -> NativeYaml.read("changed.yaml", changed));
            assertThat(thrown == null || thrown instanceof BadInputException)
                    .as("byte " + at + ": " + thrown)
                    .isTrue();
        }
    }

    private static byte[] bundled(String file) throws IOException {
        try (var in = NativeYaml.class.getResourceAsStream("/workloads/" + file)) {
            assertThat(in).isNotNull();
            return in.readAllBytes();
        }
    }

    private static String refusal(String text) {
        return refusal("w.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String refusal(String name, byte[] content) {
        Throwable thrown = catchThrowable(() -> NativeYaml.read(name, content));
        assertThat(thrown).isInstanceOf(BadInputException.class);
        return String.valueOf(thrown.getMessage());
    }
}
