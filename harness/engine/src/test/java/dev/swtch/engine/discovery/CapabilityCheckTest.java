package dev.swtch.engine.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.workload.Need;
import dev.swtch.engine.workload.Workload;
import org.junit.jupiter.api.Test;

class CapabilityCheckTest {
    @Test
    void a_workload_without_needs_runs_everywhere() {
        Workload plain = Workload.builder("plain")
                .durationNs(1_000_000)
                .thread("a", thread -> thread.does(steps -> steps.compute("1ms")))
                .build();
        assertThat(CapabilityCheck.explain(new AlphaPlugin().descriptor(), plain))
                .isEmpty();
    }

    @Test
    void what_a_scheduler_lacks_is_said_in_words() {
        Workload critical = Workload.builder("critical")
                .durationNs(1_000_000)
                .thread("a", thread -> thread.does(steps -> steps.critical(inner -> inner.kernelWork("1us"))))
                .build();
        assertThat(CapabilityCheck.lacking(new AlphaPlugin().descriptor(), critical))
                .containsExactly(Need.CRITICAL_SECTION);
        assertThat(CapabilityCheck.explain(new AlphaPlugin().descriptor(), critical))
                .isEqualTo("the workload needs critical sections, which alpha does not have");
        assertThat(CapabilityCheck.explain(new BetaPlugin().descriptor(), critical))
                .isEmpty();
    }
}
