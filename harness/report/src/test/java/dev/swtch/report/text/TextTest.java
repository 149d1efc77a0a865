package dev.swtch.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void fixed_point_rounds_half_away_from_zero() {
        assertThat(Fixed.of(1_234_567, 1_000, 1)).isEqualTo("1,234.6");
        assertThat(Fixed.of(-1_250, 1_000, 1)).isEqualTo("-1.3");
        assertThat(Fixed.of(5, 1_000_000, 3)).isEqualTo("0.000");
        assertThat(Fixed.of(999_950, 1_000, 1)).isEqualTo("1,000.0");
        assertThat(Fixed.whole(Long.MIN_VALUE)).isEqualTo("-9,223,372,036,854,775,808");
    }

    @Test
    void scaling_survives_large_products() {
        assertThat(Fixed.scaled(1L << 52, 1_000, 1L << 53)).isEqualTo(500);
        assertThat(Fixed.scaled(5, 10, 0)).isZero();
    }

    @Test
    void a_row_has_one_unit_in_which_the_smallest_value_still_shows() {
        assertThat(Scale.forTimes(List.of(0L, 9_999L)).unit()).isEqualTo("ns");
        assertThat(Scale.forTimes(List.of(4_000L, 12_000L)).withUnit(12_000)).isEqualTo("12.0 us");
        assertThat(Scale.forTimes(List.of(12_000L, 40_000_000L)).withUnit(12_000))
                .isEqualTo("0.012 ms");
        assertThat(Scale.forTimes(List.of(600_000_000_000L)).withUnit(600_000_000_000L))
                .isEqualTo("600.0 s");
    }

    @Test
    void columns_line_up_without_trailing_blanks() {
        Grid grid = new Grid(false);
        grid.row("first", "us", List.of(Cell.of("1.0"), Cell.of("12.5", "+3%")));
        grid.row("second one", "", List.of(Cell.of("100.0"), Cell.of("2")));
        assertThat(grid.text()).isEqualTo("first      us    1.0  12.5 +3%\nsecond one     100.0     2\n");
    }

    @Test
    void long_sentences_break_between_words() {
        String wrapped = Paragraph.wrap("word ".repeat(40), "- ", "  ");
        assertThat(wrapped.lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
}
