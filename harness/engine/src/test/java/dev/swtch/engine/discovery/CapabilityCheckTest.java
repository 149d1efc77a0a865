package dev.swtch.engine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.workload.Need;
import dev.swtch.engine.workload.Workload;
import dev.swtch.spi.SchedulerPlugin;
import org.junit.jupiter.api.Test;

class CapabilityCheckTest {
    @Test
    void a_workload_without_needs_runs_everywhere() {
        Workload plain = Workload.builder("plain")
                .durationNs(1_000_000)
                .thread("a", thread -> thread.does(steps -> steps.compute("1ms")))
                .build();
        assertThat(CapabilityCheck.explain(new AlphaPlugin(), plain, 4)).isEmpty();
    }

    @Test
    void what_a_scheduler_lacks_is_said_in_words() {
        Workload critical = Workload.builder("critical")
                .durationNs(1_000_000)
                .thread("a", thread -> thread.does(steps -> steps.critical(inner -> inner.kernelWork("1us"))))
                .build();
        assertThat(CapabilityCheck.lacking(new AlphaPlugin().descriptor(), critical))
                .containsExactly(Need.CRITICAL_SECTION);
        assertThat(CapabilityCheck.explain(new AlphaPlugin(), critical, 4))
                .isEqualTo("the workload needs critical sections, which alpha does not have");
        assertThat(CapabilityCheck.explain(new BetaPlugin(), critical, 4)).isEmpty();
    }

    @Test
    void a_machine_with_more_cpus_than_the_kernel_knows_is_said_in_words() {
        SchedulerPlugin small = new AlphaPlugin() {
            @Override
            public int mostCpus() {
                return 8;
            }
        };
        Workload plain = Workload.builder("plain")
                .durationNs(1_000_000)
                .thread("a", thread -> thread.does(steps -> steps.compute("1ms")))
                .build();
        assertThat(CapabilityCheck.explain(small, plain, 8)).isEmpty();
        assertThat(CapabilityCheck.explain(small, plain, 9))
                .isEqualTo("the machine has 9 CPUs, alpha runs on at most 8");
    }
}
