package dev.swtch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeterminismRulesTest {
    private static final String CHAOTIC = Fixtures.ROOT + ".chaotic";
    private static final String CLEAN = Fixtures.ROOT + ".clean";

    static List<Arguments> rules() {
        return List.of(
                rule(DeterminismRules::noHostClock, "currentTimeMillis", "nanoTime", "Instant.now"),
                rule(DeterminismRules::noHostRandom, "Math.random", "java.util.Random", "ThreadLocalRandom.current"),
                rule(DeterminismRules::noHostThreads, "java.lang.Thread", "AtomicLong"),
                rule(DeterminismRules::noIdentity, "identityHashCode", "Object.hashCode"),
                rule(DeterminismRules::noRandomizedCollections, "java.util.Set.of"),
                rule(DeterminismRules::noHashOrder, "java.util.HashMap", "java.util.IdentityHashMap"),
                rule(DeterminismRules::noInexactMath, "Math.sin"),
                rule(DeterminismRules::noFloatingPointText, "String.valueOf(double)", "Double.toString"),
                rule(DeterminismRules::noDefaultLocale, "String.format", "toLowerCase()"),
                rule(DeterminismRules::noStandardStreams, "System.out"),
                rule(DeterminismRules::noStaticState, "Chaotic.counter"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void finds_what_breaks_it(Function<String, ArchRule> rule, List<String> found) {
        assertThat(String.join("\n", Fixtures.violations(rule.apply(CHAOTIC)))).contains(found);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void passes_on_clean_code(Function<String, ArchRule> rule) {
        assertThat(Fixtures.violations(rule.apply(CLEAN))).isEmpty();
    }

    @Test
    void allows_what_is_exact() {
        assertThat(Fixtures.violations(DeterminismRules.noInexactMath(CHAOTIC))).hasSize(1);
    }

    private static Arguments rule(Function<String, ArchRule> rule, String... found) {
        return Arguments.of(rule, List.of(found));
    }
}
