package dev.swtch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConstantPoolsTest {
    @Test
    void finds_types_and_strings_of_a_package() {
        assertThat(ConstantPools.naming(Fixtures.LOCATION, List.of(Fixtures.ROOT + ".clean")))
                .anyMatch(found -> found.contains("LeakyScheduler.class") && found.contains("CleanScheduler;"))
                .anyMatch(found -> found.contains("LeakyScheduler.class") && found.contains("clean.Hidden"));
    }

    @Test
    void does_not_take_a_longer_name_for_it() {
        assertThat(ConstantPools.naming(Fixtures.LOCATION, List.of(Fixtures.ROOT + ".clea")))
                .noneMatch(found -> found.startsWith("dev/swtch/fixture"));
    }
}
