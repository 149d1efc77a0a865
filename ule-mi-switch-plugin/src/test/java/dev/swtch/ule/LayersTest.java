package dev.swtch.ule;

import dev.swtch.rules.SwtchRules;
import org.junit.jupiter.api.Test;

class LayersTest {
    @Test
    void the_plugin_keeps_to_its_layer() {
        SwtchRules.plugin(UlePlugin.class).atLeast(50).everyPackageDescribed().check();
    }
}
