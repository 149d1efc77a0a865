package dev.swtch.engine.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import dev.swtch.machine.topology.TopologySpec;
import org.junit.jupiter.api.Test;

class RequirementsTest {
    private static String unmet(Requirements requires, String machine, CostModel costs) {
        return requires.unmet(TopologySpec.parse(machine), costs)
                .map(Diagnostic::toString)
                .orElse("");
    }

    @Test
    void one_message_names_all_options_that_would_do() {
        Requirements one = new Requirements(1, 1, null, null, true, new Place("w.yaml", 4, 11));
        assertThat(unmet(one, "1x4x1", CostModel.defaults()))
                .isEqualTo("w.yaml:4:11: the workload requires another machine: expected exactly 1 CPU and zero costs"
                        + " (--cpus 1x1x1 --costs zero), found 4 CPUs and default costs");
        assertThat(unmet(one, "1x1x1", CostModel.zero())).isEmpty();
        assertThat(unmet(one, "1x1x1", CostModel.zero().with("mine", "ipi_send", 1)))
                .endsWith("expected zero costs (--costs zero), found mine costs");
    }

    @Test
    void the_machine_that_is_proposed_meets_what_is_required() {
        Boolean[] wishes = {null, true, false};
        for (int cpus = 1; cpus <= 16; cpus++) {
            for (Boolean numa : wishes) {
                for (Boolean smt : wishes) {
                    Requirements requires = new Requirements(cpus, Integer.MAX_VALUE, numa, smt, false, null);
                    String message = unmet(requires, numa == null || numa ? "1x1x1" : "2x1x1", CostModel.zero());
                    if (!message.isEmpty()) {
                        String option = message.replaceAll(".*--cpus ([^ )]*).*", "$1");
                        Topology proposed = TopologySpec.parse(option);
                        assertThat(requires.unmet(proposed, CostModel.zero()))
                                .as(requires + " on " + option)
                                .isEmpty();
                    }
                }
            }
        }
        assertThat(unmet(new Requirements(1, 2, null, null, false, null), "4", CostModel.zero()))
                .contains("expected at most 2 CPUs (--cpus 1x1x1), found 4 CPUs");
        assertThat(unmet(new Requirements(1, 8, null, true, false, null), "2", CostModel.zero()))
                .contains("expected SMT (--cpus 1x1x2), found no SMT");
    }
}
