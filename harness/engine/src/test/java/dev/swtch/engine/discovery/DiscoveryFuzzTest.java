package dev.swtch.engine.discovery;

import dev.swtch.engine.fuzz.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryFuzzTest {
    private static final String SUMMARY = """
        {"lscpu": [
          {"field": "CPU(s):", "data": "32"},
          {"field": "Vendor ID:", "data": "X", "children": [
            {"field": "Thread(s) per core:", "data": "2"},
            {"field": "Core(s) per socket:", "data": "8"},
            {"field": "Socket(s):", "data": "2"}]},
          {"field": "L3 cache:", "data": "64 MiB (4 instances)"},
          {"field": "NUMA node(s):", "data": "2"}]}
        """;

    private static final String TABLE = """
        {"cpus": [
          {"cpu": 0, "node": 0, "socket": 0, "core": 0, "l1d:l1i:l2:l3": "0:0:0:0", "online": true},
          {"cpu": 1, "node": 0, "socket": 0, "core": 1, "l1d:l1i:l2:l3": "1:1:1:0", "online": true}]}
        """;

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    @TestFactory
    List<DynamicTest> output_of_lscpu() throws IOException {
        List<String> words = List.of(
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\"",
                "null",
                "true",
                "-1",
                "\"cpus\": []",
                "\"lscpu\": []",
                "\"children\": [{}]",
                " instances)",
                "\"data\": 5",
                "\"socket\": \"-\"",
                "\"core\": \"-\"");
        return Fuzz.tests(
                "lscpu", List.of(SUMMARY, TABLE), words, input -> LscpuFile.read(new InputFile("l.json", input)));
    }

    @TestFactory
    List<DynamicTest> prices() throws IOException {
        List<String> good = List.of("# measured\n\nipi_send = 150 # ns\nCONTEXT-LOAD=1.5us\r\nipi_node = 2us\n");
        List<String> words = List.of("=", "\n", "#", "ipi_send", "lock", "ns", "us", "min", ".", "-", " ", "\u0130");
        return Fuzz.tests("costs", good, words, input -> CostFile.read(new InputFile("costs", input)));
    }

    @TestFactory
    List<DynamicTest> machines() throws IOException {
        List<String> words = List.of("x", "/", "llc=", "nodes=", "0", "-", "99999", " ", "/llc=2");
        return Fuzz.tests(
                "topology",
                List.of("4", "2x8x2", "2x8x2/llc=2/nodes=2"),
                words,
                input -> MachineChoice.of(text(input)));
    }

    @TestFactory
    List<DynamicTest> columns_and_tunables(@TempDir Path folder) throws IOException {
        Plugins plugins = Plugins.find(new ClassPath(folder, AlphaPlugin.class, BetaPlugin.class), null, false);
        List<String> words =
                List.of(",", ":", "=", ".", "alpha", "beta", "slice", "steal_idle", "true", "10us", "-1", "#2", " ");
        return Fuzz.tests(
                "columns",
                List.of("alpha", "beta,alpha:slice=20,alpha:slice=20:steal_idle=0"),
                words,
                input -> Columns.parse(text(input), plugins, TunableValues.parse(List.of("alpha.slice=5"), plugins)));
    }

    @TestFactory
    List<DynamicTest> settings(@TempDir Path folder) throws IOException {
        Plugins plugins = Plugins.find(new ClassPath(folder, AlphaPlugin.class, BetaPlugin.class), null, false);
        List<String> words = List.of(".", "=", "alpha.", "slice", "quantum", "1ms", "true", "no", "-1", " ");
        return Fuzz.tests(
                "settings",
                List.of("alpha.slice=20", "alpha.quantum=10us", "alpha.steal_idle=false"),
                words,
                input -> TunableValues.parse(List.of(text(input)), plugins));
    }
}
