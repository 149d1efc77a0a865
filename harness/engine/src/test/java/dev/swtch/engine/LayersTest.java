package dev.swtch.engine;

import dev.swtch.engine.exec.Task;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.Workload;
import dev.swtch.rules.SwtchRules;
import org.junit.jupiter.api.Test;

class LayersTest {
    @Test
    void workloads_are_deterministic_and_name_no_scheduler() {
        SwtchRules.engine(Workload.class)
                .atLeast(20)
                .namingNoneOf("dev.swtch.lwkt", "dev.swtch.ule")
                .check();
    }

    @Test
    void execution_is_deterministic_and_leaves_nothing_behind_a_call_that_may_lose_the_cpu() {
        SwtchRules.engine(Task.class).atLeast(10).check();
    }

    @Test
    void runs_are_deterministic() {
        SwtchRules.engine(Simulation.class).atLeast(4).check();
    }
}
