package dev.swtch.rules;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.swtch.fixture.clean.CleanScheduler;
import dev.swtch.fixture.leaky.LeakyScheduler;
import org.junit.jupiter.api.Test;

class SwtchRulesTest {
    @Test
    void hold_for_the_rules_themselves() {
        assertThatCode(SwtchRules.harness(SwtchRules.class).atLeast(10)::check).doesNotThrowAnyException();
    }

    @Test
    void cannot_pass_on_nothing() {
        assertThatThrownBy(SwtchRules.harness(CleanScheduler.class).atLeast(50)::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("at least 50 classes are checked");
    }

    @Test
    void report_all_that_is_broken() {
        SwtchRules rules = SwtchRules.plugin(LeakyScheduler.class).atLeast(3).namingNoneOf(Fixtures.ROOT + ".clean");

        assertThatThrownBy(rules::check)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("dev.swtch.fixture.leaky breaks 3 rules:\n\n1) ")
                .hasMessageContaining("CleanScheduler")
                .hasMessageContaining("at least 3 classes are checked")
                .hasMessageContaining("clean.Hidden");
    }
}
