package dev.swtch.engine.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalClockTest {
    private static final ArrivalTarget EACH = new ArrivalTarget.Fork("t");
    private static final long MS = 1_000_000;

    private static Workload workload(ArrivalSpec spec) {
        return Workload.builder("w")
                .seed(7)
                .onDemand("t", t -> t.does(b -> b.compute("1ms")))
                .add(spec)
                .build();
    }

    private static List<Long> first(int count, ArrivalSpec spec) {
        ArrivalClock clock = workload(spec).arrivals().get(0).clock();
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            times.add(clock.nextNs());
        }
        return times;
    }

    private static ArrivalSpec spec(ArrivalProcess process) {
        return ArrivalSpec.of("a", process, EACH);
    }

    private static ArrivalSpec limited(ArrivalProcess process, long startNs, long stopNs, long limit) {
        return new ArrivalSpec("a", process, startNs, stopNs, limit, 0, 0, EACH, null);
    }

    /** The instants of a Poisson process, from the documented streams alone. */
    @Test
    void gaps_are_drawn_from_the_stream_of_the_seed_and_the_name() {
        long key = Streams.stepKey(Streams.key(7, "arrivals:a"), 0);
        List<Long> expected = new ArrayList<>();
        long at = 0;
        for (int n = 0; n < 1_000; n++) {
            at += Math.max(1, Draws.exponential(Streams.draw(key, n), 2 * MS));
            expected.add(at);
        }
        assertThat(first(1_000, spec(new ArrivalProcess.Renewal(Dist.exponential("2ms")))))
                .isEqualTo(expected);
        assertThat(at / 1_000.0).isCloseTo(2.0 * MS, within(0.2 * MS));
    }

    @Test
    void fixed_gaps_begin_after_the_first_gap_and_end_with_the_stop_or_the_limit() {
        ArrivalProcess every = new ArrivalProcess.Renewal(Dist.of("3ms"));
        assertThat(first(3, spec(every))).containsExactly(3 * MS, 6 * MS, 9 * MS);
        assertThat(first(4, limited(every, 10 * MS, 19 * MS, 0))).containsExactly(13 * MS, 16 * MS, -1L, -1L);
        assertThat(first(3, limited(every, 0, ArrivalSpec.FOREVER, 2))).containsExactly(3 * MS, 6 * MS, -1L);
    }

    @Test
    void a_gap_of_nothing_still_lets_time_pass() {
        ArrivalProcess often = new ArrivalProcess.Renewal(Dist.choice(1, "0").or(1, "0"));
        assertThat(first(3, spec(often))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void bursts_have_a_size_and_a_spacing() {
        ArrivalProcess burst = new ArrivalProcess.Burst(Dist.of("10ms"), Dist.of(3), MS);
        assertThat(first(7, spec(burst)))
                .containsExactly(10 * MS, 11 * MS, 12 * MS, 22 * MS, 23 * MS, 24 * MS, 34 * MS);
        ArrivalProcess together = new ArrivalProcess.Burst(Dist.of("10ms"), Dist.of(2), 0);
        assertThat(first(4, spec(together))).containsExactly(10 * MS, 10 * MS, 20 * MS, 20 * MS);
    }

    @Test
    void given_times_count_from_the_start() {
        ArrivalProcess times = new ArrivalProcess.Times(List.of(0L, MS, MS, 4 * MS));
        assertThat(first(5, limited(times, 2 * MS, ArrivalSpec.FOREVER, 0)))
                .containsExactly(2 * MS, 3 * MS, 3 * MS, 6 * MS, -1L);
    }

    /** In a state of a fixed length as many arrive as its rate says, and in one without a rate nothing does. */
    @Test
    void a_modulated_process_has_the_rate_of_its_state() {
        Dist second = Dist.of("1s");
        ArrivalProcess mmpp = new ArrivalProcess.Mmpp(List.of(
                new ArrivalProcess.State(MS, second),
                new ArrivalProcess.State(0, second),
                new ArrivalProcess.State(10 * MS, second)));
        long[] seen = new long[3];
        long previous = 0;
        for (long at : first(100_000, limited(mmpp, 0, 60_000 * MS, 0))) {
            if (at >= 0) {
                assertThat(at).isGreaterThan(previous);
                previous = at;
                seen[(int) (at / (1_000 * MS) % 3)]++;
            }
        }
        // 20 s of each state; 4 standard deviations.
        assertThat((double) seen[0]).isCloseTo(20_000, within(4 * Math.sqrt(20_000)));
        assertThat(seen[1]).isZero();
        assertThat((double) seen[2]).isCloseTo(2_000, within(4 * Math.sqrt(2_000)));
    }

    @Test
    void arrivals_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> workload(spec(new ArrivalProcess.Times(List.of(2 * MS, MS)))))
                .hasMessage("arrivals \"a\": the times must not fall, but 1ms follows 2ms");
        assertThatThrownBy(() -> workload(spec(new ArrivalProcess.Mmpp(List.of()))))
                .hasMessage("arrivals \"a\": in no state does anything arrive");
        assertThatThrownBy(() -> workload(limited(new ArrivalProcess.Times(List.of()), 5, 5, 0)))
                .hasMessage("arrivals \"a\": they stop before they start");
        assertThatThrownBy(() -> workload(
                        ArrivalSpec.of("a", new ArrivalProcess.Times(List.of()), new ArrivalTarget.Post("semm", null))))
                .hasMessage("arrivals \"a\": there is no semaphore \"semm\"");
    }
}
