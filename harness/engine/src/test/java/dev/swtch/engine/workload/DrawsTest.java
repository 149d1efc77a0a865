package dev.swtch.engine.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrawsTest {
    private static final int MANY = 100_000;

    @Test
    void uniform_values_fill_their_range_evenly() {
        long[] values = draw(new Dist.Uniform(10, 13));
        for (long value = 10; value <= 13; value++) {
            long wanted = value;
            assertThat(Arrays.stream(values).filter(each -> each == wanted).count())
                    .isCloseTo(MANY / 4, within(600L));
        }
        assertThat(Arrays.stream(values)).allMatch(value -> value >= 10 && value <= 13);
    }

    @Test
    void exponential_values_have_their_mean_and_no_memory() {
        long mean = 1_000_000;
        long[] values = draw(new Dist.Exponential(mean));
        assertThat(Arrays.stream(values).sum() / MANY).isCloseTo(mean, within(15_000L));
        long aboveMean = Arrays.stream(values).filter(value -> value > mean).count();
        long aboveTwice =
                Arrays.stream(values).filter(value -> value > 2 * mean).count();
        assertThat(aboveMean).isCloseTo(36_788L, within(700L));
        assertThat(aboveTwice).isCloseTo(13_534L, within(600L));
    }

    @Test
    void choices_come_as_often_as_their_weights_say() {
        long[] values = draw(Dist.choice(9, "1ms").or(1, "20ms"));
        assertThat(Arrays.stream(values).filter(value -> value == 20_000_000).count())
                .isCloseTo(MANY / 10, within(500L));
        assertThat(values).containsOnly(1_000_000, 20_000_000);
    }

    @Test
    void shapes_have_their_mean_and_deviation() {
        long most = SourceChecker.LONGEST_NS;
        assertMoments(new Dist.Shaped(Shape.NORMAL, 1_000_000, 100_000, 0, most), 1_000_000, 100_000);
        assertMoments(new Dist.Shaped(Shape.LOGNORMAL, 1_000_000, 500_000, 0, most), 1_000_000, 500_000);
        assertMoments(new Dist.Shaped(Shape.ERLANG, 4, 1_000_000, 0, most), 1_000_000, 500_000);
        // Mean a/(a-1) and variance a/((a-1)^2 (a-2)) with a = 5.
        assertMoments(new Dist.Shaped(Shape.PARETO, 1_000_000, 5_000_000, 0, most), 1_250_000, 322_749);
    }

    @Test
    void hyperexponential_values_have_the_mean_of_their_means() {
        Dist hyper = new Dist.Hyper(Dist.choice(9, "1ms").or(1, "11ms").options());
        assertThat(Arrays.stream(draw(hyper)).sum() / MANY).isCloseTo(2_000_000, within(60_000L));
    }

    @Test
    void shapes_are_cut_off_at_their_ends() {
        long[] values = draw(new Dist.Shaped(Shape.NORMAL, 100, 100, 50, 150));
        assertThat(Arrays.stream(values)).allMatch(value -> value >= 50 && value <= 150);
        assertThat(values).contains(50, 150, 100);
    }

    private static void assertMoments(Dist dist, long mean, long deviation) {
        long[] values = draw(dist);
        double average = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .mapToDouble(value -> (value - average) * (value - average))
                .average()
                .orElseThrow();
        assertThat(average).isCloseTo(mean, within(mean * 0.01));
        assertThat(StrictMath.sqrt(variance)).isCloseTo(deviation, within(deviation * 0.05));
    }

    @Test
    void a_distribution_gives_the_same_values_inside_and_outside_a_program() {
        for (Dist dist : new Dist[] {
            new Dist.Uniform(5, 900),
            new Dist.Exponential(7_000),
            Dist.choice(2, "3us").or(3, "4us"),
            new Dist.Hyper(Dist.choice(2, "3us").or(3, "4us").options()),
            new Dist.Shaped(Shape.LOGNORMAL, 7_000, 3_000, 10, 90_000),
            Dist.of(12)
        }) {
            Program program = program(dist);
            long key = Streams.key(1, "t");
            long[] registers = new long[program.registers()];
            for (int n = 0; n < 100; n++) {
                assertThat(program.value(program.code()[1], key, registers, 0))
                        .isEqualTo(DistValue.of(dist, Streams.stepKey(key, 0), n));
            }
        }
    }

    private static long[] draw(Dist dist) {
        Program program = program(dist);
        long[] registers = new long[program.registers()];
        long[] values = new long[MANY];
        for (int n = 0; n < MANY; n++) {
            values[n] = program.value(program.code()[1], Streams.key(1, "t"), registers, 0);
        }
        return values;
    }

    private static Program program(Dist dist) {
        return Workload.builder("w")
                .thread("t", t -> t.does(b -> b.compute(dist)))
                .build()
                .programs()
                .get(0);
    }
}
