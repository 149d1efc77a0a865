package dev.swtch.spi;

import dev.swtch.rules.SwtchRules;
import org.junit.jupiter.api.Test;

class LayersTest {
    @Test
    void the_contracts_depend_on_the_machine_alone() {
        SwtchRules.spi(Scheduler.class).atLeast(30).check();
    }
}
