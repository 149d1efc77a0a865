package dev.swtch.engine.discovery;

import dev.swtch.rules.SwtchRules;
import org.junit.jupiter.api.Test;

class DiscoveryLayerTest {
    @Test
    void finding_schedulers_is_deterministic_and_names_none() {
        SwtchRules.engine(Plugins.class)
                .atLeast(10)
                .namingNoneOf("dev.swtch.lwkt", "dev.swtch.ule")
                .check();
    }
}
