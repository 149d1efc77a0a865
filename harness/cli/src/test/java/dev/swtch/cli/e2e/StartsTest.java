package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.spi.SchedulerPlugin;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads start when the workload says, whatever runs then. */
class StartsTest {
    private static final long MS = 1_000_000;

    static List<SchedulerPlugin> kernels() {
        return Kernels.found();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void of_three_realtime_threads_that_start_together_the_most_urgent_is_first(SchedulerPlugin kernel) {
        RunResult result = onOneCpu(
                kernel,
                Workload.builder("together")
                        .thread("low", t -> t.realtime(1).does(b -> b.compute("6ms")))
                        .thread("high", t -> t.realtime(3).does(b -> b.compute("1ms")))
                        .thread("middle", t -> t.realtime(2).does(b -> b.compute("2ms")))
                        .build());
        assertThat(ends(result)).containsExactly(9 * MS, MS, 3 * MS);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void a_more_urgent_thread_starts_in_the_middle_of_a_less_urgent_one(SchedulerPlugin kernel) {
        RunResult result = onOneCpu(
                kernel,
                Workload.builder("later")
                        .thread("low", t -> t.realtime(1).does(b -> b.compute("6ms")))
                        .thread("urgent", t -> t.realtime(3).start("2ms").does(b -> b.compute("1500us")))
                        .build());
        assertThat(ends(result)).containsExactly(7 * MS + MS / 2, 3 * MS + MS / 2);
    }

    private static RunResult onOneCpu(SchedulerPlugin kernel, Workload workload) {
        RunResult result = Kernels.run(kernel, workload, "1x1x1", CostModel.zero(), 100 * MS);
        assertThat(result.fault()).isNull();
        return result;
    }

    private static List<Long> ends(RunResult result) {
        return result.threads().stream().map(ThreadResult::endNs).toList();
    }
}
