package dev.swtch.engine.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineChoiceTest {
    @TempDir
    private Path folder;

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("lscpu.json"), content).toString();
    }

    /** The form of util-linux 2.38: fields below the one they belong to. */
    private static String summary(int cpus, int sockets, String cores, String caches) {
        return """
            {"lscpu": [
              {"field": "CPU(s):", "data": "%d"},
              {"field": "Vendor ID:", "data": "X", "children": [
                {"field": "Thread(s) per core:", "data": "2"},
                {"field": "Core(s) per socket:", "data": "%s"},
                {"field": "Socket(s):", "data": "%d"}]},
              {"field": "L3 cache:", "data": "%s"},
              {"field": "NUMA node(s):", "data": "%d"}]}
            """.formatted(cpus, cores, sockets, caches, sockets);
    }

    @Test
    void a_specification_is_a_machine() {
        assertThat(MachineChoice.of("2x8x2/llc=2/nodes=2").cpus()).isEqualTo(32);
        assertThat(MachineChoice.of("6")).hasToString("1x6x1");
    }

    @Test
    void a_wrong_specification_is_told_with_the_form() {
        assertThatThrownBy(() -> MachineChoice.of("4y2"))
                .isInstanceOf(BadChoiceException.class)
                .hasMessageStartingWith("--cpus 4y2: expected PACKAGESxCORESxSMT")
                .hasMessageEndingWith("or a file written by lscpu -J; found neither");
        assertThatThrownBy(() -> MachineChoice.of("64x64x64"))
                .hasMessage("--cpus 64x64x64: at most 1024 CPUs, found 262144");
        assertThatThrownBy(() -> MachineChoice.of("100000"))
                .hasMessage("--cpus 100000: at most 1024 CPUs, found 100000");
    }

    @Test
    void a_summary_of_lscpu_is_a_machine() throws IOException {
        assertThat(MachineChoice.of(file(summary(64, 2, "16", "128 MiB (8 instances)"))))
                .hasToString("2x16x2/llc=4/nodes=2");
    }

    @Test
    void a_table_of_lscpu_is_a_machine() throws IOException {
        String table = """
            {"cpus": [
              {"cpu": 0, "node": 0, "socket": 0, "core": 0, "l1d:l1i:l2:l3": "0:0:0:0", "online": true},
              {"cpu": 1, "node": 0, "socket": 0, "core": 1, "l1d:l1i:l2:l3": "1:1:1:0", "online": true},
              {"cpu": 2, "node": 0, "socket": 1, "core": 0, "l1d:l1i:l2:l3": "2:2:2:1", "online": true},
              {"cpu": 3, "node": 0, "socket": 1, "core": 1, "l1d:l1i:l2:l3": "3:3:3:1", "online": true}]}
            """;
        assertThat(MachineChoice.of(file(table))).hasToString("2x2x1");
    }

    @Test
    void irregular_machines_and_other_files_are_refused() throws IOException {
        refused(
                summary(24, 1, "16", "30 MiB (1 instance)"),
                "only regular machines can be simulated: expected 1 packages"
                        + " x 16 cores x 2 threads to be all CPUs, found 24 CPUs");
        refused(summary(64, 2, "16", "96 MiB (3 instances)"), "equally many last-level caches in each of 2 packages");
        refused(summary(64, 2, "-", ""), "expected a number as \"Core(s) per socket\", found \"-\"");
        refused("{\"tasks\": {}}", "expected the output of lscpu -J, found neither \"lscpu\" nor \"cpus\"");
        refused("{\"lscpu\":\n  nonsense", "lscpu.json:2:");
        refused("\u0000\u0001", "expected a text file, found a binary one");
    }

    private void refused(String content, String message) throws IOException {
        String name = file(content);
        assertThatThrownBy(() -> MachineChoice.of(name)).hasMessageContaining(message);
    }
}
