package dev.swtch.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.result.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelLogTest {
    @Test
    void counts_how_many_are_under_way() {
        LabelLog log = new LabelLog(0, 30);
        log.begin(10);
        log.begin(20);
        log.end(10, 50);
        Population population = log.population(100);
        assertThat(population).isEqualTo(new Population(100, 40 + 80, 1, 40, 80, 0));
        assertThat(population.meanMillionths()).isEqualTo(1_200_000);
        assertThat(population.perSecondMillionths()).isEqualTo(10_000_000_000_000L);
        assertThat(log.misses()).isEqualTo(1);
        assertThat(log.isOverdue(20, 50)).isFalse();
        assertThat(log.isOverdue(20, 51)).isTrue();
        assertThat(log.minNs()).isEqualTo(40);
    }

    @Test
    void what_ended_before_measuring_began_is_left_out() {
        LabelLog log = new LabelLog(100, -1);
        log.begin(10);
        log.end(10, 90);
        log.begin(40);
        log.end(40, 160);
        log.begin(50);
        Population population = log.population(200);
        assertThat(log.quantiles().count()).isEqualTo(1);
        assertThat(log.quantiles().maxNs()).isEqualTo(120);
        assertThat(population).isEqualTo(new Population(100, 60 + 100, 1, 120, 150, 60 + 50));
        assertThat(population.isBalanced()).isTrue();
    }

    @Test
    void percentiles_of_few_values_are_exact() {
        LabelLog log = new LabelLog(0, -1);
        for (long ns = 1; ns <= 10; ns++) {
            log.begin(0);
            log.end(0, ns * 1_000_003);
        }
        assertThat(log.percentileNs(50_000)).isEqualTo(5_000_015);
        assertThat(log.percentileNs(50_001)).isEqualTo(6_000_018);
        assertThat(log.percentileNs(0)).isEqualTo(1_000_003);
        assertThat(log.percentileNs(100_000)).isEqualTo(10_000_030);
    }

    @Test
    void tells_how_many_took_longer_and_how_long_just_so_many_were_under_way() {
        LabelLog log = new LabelLog(100, -1, new long[] {30, 50}, 3);
        log.begin(90);
        log.begin(110);
        log.end(90, 140);
        log.begin(135);
        log.end(110, 150);
        log.end(135, 170);
        assertThat(log.above(0)).isEqualTo(3);
        assertThat(log.above(1)).isZero();
        // 100 to 110 one, to 140 two, to 150 two again (the begin at 135 came late, so it counts from 140), to 170 one.
        assertThat(log.justNs(2, 200)).isEqualTo(30 + 10);
        assertThat(log.justNs(1, 200)).isEqualTo(10 + 20);
        assertThat(log.justNs(0, 200)).isEqualTo(30);
    }

    /** Little's law, against sums made from a list of all intervals: exact, in whatever order begins and ends come. */
    @Test
    void the_integral_of_the_number_is_the_sum_of_the_times() {
        for (long seed = 1; seed <= 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long warm = random.nextBoolean() ? 0 : random.nextLong(1_000);
            LabelLog log = new LabelLog(warm, -1);
            List<Long> open = new ArrayList<>();
            long area = 0;
            long ended = 0;
            long now = 0;
            for (int i = 0; i < 300; i++) {
                now += random.nextLong(20);
                long at = Math.max(0, now - random.nextLong(10));
                if (open.isEmpty() || random.nextBoolean()) {
                    open.add(at);
                    log.begin(at);
                } else {
                    long began = open.remove(random.nextInt(open.size()));
                    long end = Math.max(began, at);
                    log.end(began, at);
                    area += Math.max(warm, end) - Math.max(warm, began);
                    ended += end >= warm ? 1 : 0;
                }
            }
            now = Math.max(now, warm);
            for (long began : open) {
                area += now - Math.max(warm, began);
            }
            Population population = log.population(now);
            assertThat(population.isBalanced()).as("seed " + seed).isTrue();
            assertThat(population.areaNs()).as("seed " + seed).isEqualTo(area);
            assertThat(population.ended()).as("seed " + seed).isEqualTo(ended);
        }
    }
}
