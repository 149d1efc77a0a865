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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small workloads, one for each kind of step, that state what must come of them under every scheduler. */
class StepsTest {
    private static final Path FILES = Path.of("src/test/resources/steps");
    private static final long LONGEST_NS = 10_000_000_000L;

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
