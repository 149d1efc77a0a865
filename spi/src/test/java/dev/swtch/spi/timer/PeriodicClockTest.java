package dev.swtch.spi.timer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PeriodicClockTest {
    @Test
    void counts_the_periods_that_passed_and_never_drifts() {
        PeriodicClock clock = new PeriodicClock(10, 3);
        assertThat(clock.takeDue(2)).isZero();
        assertThat(clock.takeDue(3)).isEqualTo(1);
        assertThat(clock.nextNs()).isEqualTo(13);
        assertThat(clock.takeDue(12)).isZero();
        assertThat(clock.takeDue(49)).isEqualTo(4);
        assertThat(clock.nextNs()).isEqualTo(53);
        assertThat(clock.takeDue(53)).isEqualTo(1);
        assertThat(clock.periodNs()).isEqualTo(10);
    }

    @Test
    void refuses_a_period_without_length() {
        assertThatThrownBy(() -> new PeriodicClock(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
