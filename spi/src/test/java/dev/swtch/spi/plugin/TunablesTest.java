package dev.swtch.spi.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TunablesTest {
    private static final List<Tunable> DECLARED = List.of(
            Tunable.number("quantum", 10, 1, 100, "ticks", "How long."), Tunable.flag("preempt", true, "Whether."));

    @Test
    void what_is_not_set_has_its_default() {
        Tunables tunables = Tunables.of(DECLARED, Map.of("preempt", 0L));
        assertThat(tunables.integer("quantum")).isEqualTo(10);
        assertThat(tunables.number("quantum")).isEqualTo(10);
        assertThat(tunables.flag("preempt")).isFalse();
    }

    @Test
    void a_value_out_of_range_or_an_unknown_name_is_refused_with_its_name() {
        assertThatThrownBy(() -> Tunables.of(DECLARED, Map.of("quantum", 101L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantum: expected 1 to 100, found 101");
        assertThatThrownBy(() -> Tunables.of(DECLARED, Map.of("slice", 1L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'slice'");
        Tunables tunables = Tunables.of(DECLARED, Map.of());
        assertThatThrownBy(() -> tunables.number("slice")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_default_lies_in_its_range() {
        assertThatThrownBy(() -> Tunable.number("n", 0, 1, 2, "", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tunable.number("n", 1, 2, 1, "", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tunable.flag("Upper", true, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Rr", "1st", "a b", "a_b"})
    void an_id_is_lower_case_letters_digits_and_dashes(String id) {
        assertThatThrownBy(() -> descriptor(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_descriptor_does_not_change_with_what_it_was_made_from() {
        EnumSet<Capability> lacks = EnumSet.of(Capability.STOP);
        PluginDescriptor descriptor = new PluginDescriptor(
                "round-robin2", "t", "l", PluginKind.REFERENCE, DECLARED, lacks, List.of(new Means("n", "m")));
        lacks.add(Capability.BIND);
        assertThat(descriptor.lacks()).containsExactly(Capability.STOP);
        assertThat(descriptor.tunables()).isEqualTo(DECLARED);
    }

    private static PluginDescriptor descriptor(String id) {
        return new PluginDescriptor(
                id, "t", "l", PluginKind.KERNEL, List.of(), EnumSet.noneOf(Capability.class), List.of());
    }
}
