package dev.swtch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LayerRulesTest {
    private static final String MACHINE = Fixtures.ROOT + ".machine";
    private static final String SPI = Fixtures.ROOT + ".spi";

    @Test
    void a_machine_must_not_look_up() {
        assertThat(Fixtures.violations(LayerRules.machine(MACHINE)))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation).contains("LooksUp", "Contract"));
    }

    @Test
    void contracts_may_use_the_machine() {
        assertThat(Fixtures.violations(LayerRules.spi(SPI, MACHINE))).isEmpty();
    }

    @Test
    void contracts_may_use_only_the_machine() {
        assertThat(Fixtures.violations(LayerRules.spi(SPI, Fixtures.ROOT + ".elsewhere")))
                .isNotEmpty();
    }

    @Test
    void a_plugin_may_use_contracts_and_machine() {
        assertThat(Fixtures.violations(LayerRules.plugin(Fixtures.ROOT + ".clean", SPI, MACHINE)))
                .isEmpty();
    }

    @Test
    void a_plugin_must_not_use_another() {
        assertThat(Fixtures.violations(LayerRules.plugin(Fixtures.ROOT + ".leaky", SPI, MACHINE)))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation).contains("CleanScheduler"));
    }
}
