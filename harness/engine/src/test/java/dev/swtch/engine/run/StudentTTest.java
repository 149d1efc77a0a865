package dev.swtch.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StudentTTest {
    /** Critical values as every table of the distribution has them. */
    @Test
    void is_what_the_tables_say() {
        assertThat(StudentT.width(0.95, 1)).isCloseTo(12.7062, within(5e-5));
        assertThat(StudentT.width(0.99, 2)).isCloseTo(9.9248, within(5e-5));
        assertThat(StudentT.width(0.95, 9)).isCloseTo(2.2622, within(5e-5));
        assertThat(StudentT.width(0.99, 29)).isCloseTo(2.7564, within(5e-5));
        assertThat(StudentT.width(0.99, 30)).isCloseTo(2.7500, within(5e-5));
        assertThat(StudentT.width(0.90, 120)).isCloseTo(1.6577, within(5e-5));
        assertThat(StudentT.width(0.99, 9_999)).isCloseTo(2.5763, within(5e-5));
    }
}
