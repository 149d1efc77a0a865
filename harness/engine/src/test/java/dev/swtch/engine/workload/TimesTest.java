package dev.swtch.engine.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "7ns, 7",
        "100us, 100000",
        "1.5ms, 1500000",
        "0.000000001s, 1",
        "2s, 2000000000",
        "2 s, 2000000000",
        "1min, 60000000000",
        "5.26315789ms, 5263158",
        "0.5ns, 1",
        "0.49999us, 500",
        "0, 0"
    })
    void reads_spans_to_the_nearest_nanosecond(String text, long expectedNs) {
        assertThat(Times.parseNs(text)).isEqualTo(expectedNs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "ms", "-1ms", "1.ms", ".5ms", "1.2.3ms", "1e3us", "1h", "5 m s"})
    void refuses_what_is_no_span(String text) {
        assertThatThrownBy(() -> Times.parseNs(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a span of time");
    }

    @Test
    void refuses_spans_that_overflow() {
        assertThatThrownBy(() -> Times.parseNs("9999999999s")).hasMessageContaining("too long");
        assertThatThrownBy(() -> Times.parseNs("99999999999999999999ns")).hasMessageContaining("too long");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1ns", "1500, 1500ns", "1500000, 1500us", "20000000, 20ms", "3000000000, 3s"})
    void writes_the_largest_unit_that_stays_whole(long spanNs, String expected) {
        assertThat(Times.format(spanNs)).isEqualTo(expected);
    }
}
