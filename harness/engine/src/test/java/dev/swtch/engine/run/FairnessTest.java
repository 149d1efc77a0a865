package dev.swtch.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.result.FairnessResult;
import org.junit.jupiter.api.Test;

class FairnessTest {
    private static FairnessResult of(long... workNs) {
        Fairness fairness = new Fairness();
        for (long ns : workNs) {
            fairness.add(ns);
        }
        return fairness.of("g");
    }

    @Test
    void is_one_if_all_did_the_same_and_one_nth_if_one_did_all() {
        assertThat(of(7, 7, 7)).isEqualTo(new FairnessResult("g", 3, 1_000_000, 7, 7));
        assertThat(of(0, 0, 0, 9)).isEqualTo(new FairnessResult("g", 4, 250_000, 0, 9));
        assertThat(of(1, 3).jainMillionths()).isEqualTo(800_000);
        assertThat(of(0, 0)).isEqualTo(new FairnessResult("g", 2, 0, 0, 0));
        assertThat(of(Long.MAX_VALUE, Long.MAX_VALUE).jainMillionths()).isEqualTo(1_000_000);
    }
}
