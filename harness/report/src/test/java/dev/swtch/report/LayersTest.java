package dev.swtch.report;

import dev.swtch.rules.SwtchRules;
import org.junit.jupiter.api.Test;

class LayersTest {
    @Test
    void the_report_keeps_the_rules_and_names_no_scheduler() {
        SwtchRules.harness(ComparisonTable.class)
                .atLeast(15)
                .namingNoneOf("dev.swtch.lwkt", "dev.swtch.ule")
                .check();
    }
}
