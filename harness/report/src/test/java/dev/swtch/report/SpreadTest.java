package dev.swtch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void the_median_of_an_even_number_lies_between_the_middle_two() {
        assertThat(Spread.of(List.of(9L, 1L, 4L, 3L)).median()).isEqualTo(3);
        assertThat(Spread.of(List.of(9L, 1L, 4L)).median()).isEqualTo(4);
    }

    /** Ranks from the usual table of sign-test intervals: n = 5 none, 6: 1st and 6th, 9: 2nd and 8th, 20: 6th and 15th. */
    @Test
    void the_interval_takes_the_ranks_of_the_sign_test() {
        assertThat(interval(5)).isEqualTo("1..5 false");
        assertThat(interval(6)).isEqualTo("1..6 true");
        assertThat(interval(8)).isEqualTo("1..8 true");
        assertThat(interval(9)).isEqualTo("2..8 true");
        assertThat(interval(20)).isEqualTo("6..15 true");
        assertThat(interval(100)).isEqualTo("40..61 true");
    }

    @Test
    void paired_differences_cancel_what_the_seeds_have_in_common() {
        Spread spread = Spread.ofDifferences(List.of(110L, 210L, 910L), List.of(100L, 200L, 900L));
        assertThat(spread.isConstant()).isTrue();
        assertThat(spread.isDifferent()).isTrue();
        assertThat(spread.median()).isEqualTo(10);
    }

    @Test
    void an_interval_around_zero_is_no_difference() {
        assertThat(Spread.of(List.of(-1L, 2L, 3L)).isDifferent()).isFalse();
    }

    private static String interval(int n) {
        Spread spread = Spread.of(LongStream.rangeClosed(1, n).boxed().toList());
        return spread.low() + ".." + spread.high() + " " + spread.sure();
    }
}
