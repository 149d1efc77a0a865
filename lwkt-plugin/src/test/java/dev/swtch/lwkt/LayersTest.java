package dev.swtch.lwkt;

import dev.swtch.rules.SwtchRules;
import org.junit.jupiter.api.Test;

class LayersTest {
    @Test
    void the_plugin_keeps_to_its_layer() {
        SwtchRules.plugin(LwktPlugin.class).atLeast(50).everyPackageDescribed().check();
    }
}
