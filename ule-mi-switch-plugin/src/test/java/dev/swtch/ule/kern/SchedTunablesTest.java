package dev.swtch.ule.kern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Figures that follow from hz 1000 and stathz 127. */
class SchedTunablesTest {
    private final SchedTunables tune = new SchedTunables();

    SchedTunablesTest() {
        tune.schedInitticks();
    }

    @Test
    void a_slice_is_a_tenth_of_a_second_in_stat_ticks() {
        assertEquals(12, tune.schedSlice);
        assertEquals(2, tune.schedSliceMin);
        assertEquals(94, tune.schedRrInterval());
        assertEquals(189, tune.hogticks);
    }

    @Test
    void a_stat_tick_charges_its_share_of_hz_ticks() {
        assertEquals(8062, tune.tickincr);
    }

    @Test
    void the_balancer_and_the_idle_spin_have_the_kernels_defaults() {
        assertEquals(127, tune.balanceInterval);
        assertEquals(157, tune.idlespinthresh);
        assertEquals(1, tune.affinity);
    }

    @Test
    void an_unknown_knob_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> tune.set("no_such_knob", 1));
    }
}
