package dev.swtch.machine.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CostModelTest {
    @Test
    void zero_costs_nothing_but_the_looks_of_waiting_cpus() {
        CostModel zero = CostModel.zero();
        for (Charge charge : Charge.values()) {
            boolean look = charge == Charge.SPIN_LOOK || charge == Charge.POLL_LOOK;
            assertThat(zero.price(charge)).isEqualTo(look ? charge.defaultNs() : 0);
        }
        assertThat(zero.smtRate(1)).isEqualTo(1024);
        assertThat(zero.smtRate(2)).isEqualTo(1024);
    }

    @Test
    void one_entry_of_either_kind_is_replaced_and_the_original_stays() {
        CostModel defaults = CostModel.defaults();
        CostModel changed = defaults.with("mine", "context-load", 999).with("mine", "IPI_LLC", 1);
        assertThat(changed.name()).isEqualTo("mine");
        assertThat(changed.price(Charge.CONTEXT_LOAD)).isEqualTo(999);
        assertThat(changed.delay(Delay.IPI_LLC)).isEqualTo(1);
        assertThat(changed.price(Charge.CONTEXT_SAVE)).isEqualTo(Charge.CONTEXT_SAVE.defaultNs());
        assertThat(defaults.price(Charge.CONTEXT_LOAD)).isEqualTo(Charge.CONTEXT_LOAD.defaultNs());
        assertThat(defaults.delay(Delay.IPI_LLC)).isEqualTo(Delay.IPI_LLC.defaultNs());
    }

    @Test
    void a_look_is_never_free() {
        assertThat(CostModel.defaults().with("x", "spin-look", 0).price(Charge.SPIN_LOOK))
                .isEqualTo(1);
    }

    @Test
    void refuses_unknown_entries_and_negative_prices() {
        CostModel costs = CostModel.defaults();
        assertThatThrownBy(() -> costs.with("x", "lunch", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> costs.with("x", "lock", -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void handed_out_prices_are_a_copy() {
        CostModel costs = CostModel.defaults();
        costs.prices()[Charge.LOCK.ordinal()] = 77;
        assertThat(costs.price(Charge.LOCK)).isEqualTo(Charge.LOCK.defaultNs());
    }
}
