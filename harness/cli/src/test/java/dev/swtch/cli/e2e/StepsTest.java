package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.discovery.CapabilityCheck;
import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.Expectations;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.spi.SchedulerPlugin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Small workloads, one for each kind of step, that state what must come of them under every scheduler. */
class StepsTest {
    private static final Path FILES = Path.of("src/test/resources/steps");
    private static final long LONGEST_NS = 10_000_000_000L;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{post: s}, {pend: s}",
                "yield",
                "{sleep: {choice: [[1, 0], [1, 0]]}}",
                "{choose: [[1, [{begin: x}]], [1, []]]}, {loop: {times: 1000000000, do: [{end: x}]}}, yield"
            })
    void steps_without_time_and_end_are_a_stall(String steps) {
        String text =
                "workload: 1\nduration: 10ms\nobjects: {s: sem}\nthreads:\n  a: {do: [{loop: {forever: true, do: ["
                        + steps + "]}}]}\n  b: {start: 1ms, do: [{compute: 1ms}]}\n";
        Workload workload = NativeYaml.read("endless.yaml", text.getBytes(StandardCharsets.UTF_8));
        for (SchedulerPlugin plugin : Kernels.found()) {
            RunResult result = Kernels.run(plugin, workload, "1x2x1", CostModel.zero(), 10_000_000L);
            assertThat(result.outcome()).isEqualTo(Outcome.STALLED);
            assertThat(result.notes()).containsExactly("a takes steps without end in which no time passes");
        }
    }

    /** Neither the clock nor other CPUs are kept waiting by a thread that only ever asks the kernel to go on. */
    @Test
    void a_thread_that_yields_alone_holds_nobody_up() {
        Workload workload = Workload.builder("alone")
                .duration("20ms")
                .thread("yields", t -> t.affinity(0).forever(b -> b.yields()))
                .thread(
                        "works",
                        t -> t.affinity(1)
                                .does(b ->
                                        b.begin("turn").sleep("1ms").end("turn").compute("5ms")))
                .build();
        for (SchedulerPlugin plugin : Kernels.all()) {
            RunResult result = Kernels.run(plugin, workload, "1x2x1", CostModel.defaults(), workload.durationNs());
            String where = plugin.descriptor().id();
            assertThat(result.outcome()).as(where).isEqualTo(Outcome.DONE);
            assertThat(result.elapsedNs()).as(where).isEqualTo(workload.durationNs());
            assertThat(result.threads().get(1).userNs()).as(where).isEqualTo(5_000_000);
            assertThat(result.threads().get(0).steps()).as(where).isGreaterThan(1_000);
            assertThat(result.events())
                    .as(where)
                    .isGreaterThan(result.threads().get(0).steps() / 200);
        }
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void each_does_what_it_says_on_every_scheduler_that_can(Path file) throws IOException {
        Workload workload = NativeYaml.read(file.toString(), Files.readAllBytes(file));
        List<SchedulerPlugin> able = Kernels.all().stream()
                .filter(plugin ->
                        CapabilityCheck.lacking(plugin.descriptor(), workload).isEmpty())
                .toList();
        assertThat(able).extracting(plugin -> plugin.descriptor().id()).contains("lwkt", "ule", "priority");
        for (SchedulerPlugin plugin : able) {
            for (CostModel costs : List.of(CostModel.zero(), CostModel.defaults())) {
                RunResult result = Kernels.run(plugin, workload, "2x2x1/nodes=2", costs, LONGEST_NS);
                String where = file.getFileName() + " on " + plugin.descriptor().id();
                assertThat(result.fault()).as(where).isNull();
                assertThat(result.outcome()).as(where).isEqualTo(Outcome.DONE);
                assertThat(result.elapsedNs()).as(where).isLessThan(LONGEST_NS);
                if (costs.equals(CostModel.zero())) {
                    assertThat(Expectations.unmet(workload, result)).as(where).isEmpty();
                }
            }
        }
    }
}
