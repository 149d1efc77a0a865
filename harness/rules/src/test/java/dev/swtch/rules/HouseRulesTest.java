package dev.swtch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HouseRulesTest {
    @Test
    void packages_must_not_need_each_other() {
        assertThat(Fixtures.violations(HouseRules.noPackageCycles(Fixtures.ROOT + ".cyclic")))
                .singleElement()
                .asString()
                .contains("cyclic.left", "cyclic.right");
    }

    @Test
    void a_package_may_need_one_below() {
        assertThat(Fixtures.violations(HouseRules.noPackageCycles(Fixtures.ROOT + ".leaky")))
                .isEmpty();
    }

    @Test
    void exceptions_must_not_be_generic() {
        assertThat(Fixtures.violations(HouseRules.noGenericExceptions(Fixtures.ROOT + ".chaotic")))
                .singleElement()
                .asString()
                .contains("Chaotic.fail()");
    }

    @Test
    void other_exceptions_are_allowed() {
        assertThat(Fixtures.violations(HouseRules.noGenericExceptions(Fixtures.ROOT + ".clean")))
                .isEmpty();
    }
}
