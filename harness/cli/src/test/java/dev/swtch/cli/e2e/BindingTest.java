package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.spi.SchedulerPlugin;
import org.junit.jupiter.api.Test;

/** A thread that ties itself to CPUs works in the kernel meanwhile, under every scheduler. */
class BindingTest {
    @Test
    void a_thread_is_bound_to_the_last_cpu_it_named_until_it_is_freed_once() {
        Workload workload = Workload.builder("bound")
                .thread(
                        "t",
                        t -> t.does(b -> b.unbind()
                                .compute("1ms")
                                .bind(1)
                                .compute("2ms")
                                .bind(0)
                                .compute("4ms")
                                .unbind()
                                .compute("8ms")))
                .build();
        for (SchedulerPlugin plugin : Kernels.all()) {
            RunResult result = Kernels.run(plugin, workload, "1x2x1", CostModel.zero(), 1_000_000_000);
            ThreadResult t = result.threads().get(0);
            String where = plugin.descriptor().id();
            assertThat(t.userNs()).as(where).isEqualTo(9_000_000);
            assertThat(t.kernelNs()).as(where).isEqualTo(6_000_000);
        }
    }
}
