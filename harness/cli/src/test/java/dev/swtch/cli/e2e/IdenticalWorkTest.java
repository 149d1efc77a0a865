package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.bundled.BundledWorkloads;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.spi.SchedulerPlugin;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IdenticalWorkTest {
    private static final long LONGEST_NS = 500_000_000L;

    static Stream<String> bundled() {
        return BundledWorkloads.list().stream().map(BundledWorkloads.Bundled::name);
    }

    @Test
    void both_kernels_are_found() {
        assertThat(Kernels.found().stream().map(plugin -> plugin.descriptor().id()))
                .containsExactly("lwkt", "ule");
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void a_run_repeats_to_the_last_number_and_all_kernels_do_the_same_work(String name) {
        Workload workload = BundledWorkloads.get(name);
        long durationNs = workload.durationNs() < 0 ? LONGEST_NS : Math.min(LONGEST_NS, workload.durationNs());
        for (CostModel costs : List.of(CostModel.defaults(), CostModel.zero())) {
            RunResult first = null;
            for (SchedulerPlugin plugin : Kernels.found()) {
                RunResult result = Kernels.run(plugin, workload, "1x4x1", costs, durationNs);
                assertThat(result.fault())
                        .as("%s on %s", name, plugin.descriptor().id())
                        .isNull();
                assertThat(result.outcome()).isIn(Outcome.DONE, Outcome.STALLED);
                assertThat(Kernels.run(plugin, workload, "1x4x1", costs, durationNs))
                        .isEqualTo(result);
                if (first != null) {
                    assertThat(Kernels.disagreements(first, result)).isEmpty();
                }
                first = result;
            }
        }
    }

    @Test
    void a_workload_that_runs_to_its_end_is_the_same_work_everywhere() {
        Workload workload = BundledWorkloads.get("ping-pong");
        List<RunResult> results = Kernels.found().stream()
                .map(plugin -> Kernels.run(plugin, workload, "1x2x1", CostModel.zero(), 10_000_000_000L))
                .toList();
        for (RunResult result : results) {
            assertThat(result.threads()).allMatch(thread -> thread.ended());
            assertThat(result.threads().stream().map(thread -> thread.stepHash()))
                    .containsExactlyElementsOf(results.get(0).threads().stream()
                            .map(thread -> thread.stepHash())
                            .toList());
            assertThat(result.elapsedNs())
                    .as("two threads that never run at once need the sum of their work")
                    .isBetween(200_000_000L, 200_000_100L);
        }
    }
}
