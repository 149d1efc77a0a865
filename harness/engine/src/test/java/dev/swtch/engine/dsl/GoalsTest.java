package dev.swtch.engine.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Goals;
import dev.swtch.engine.workload.Quantity;
import dev.swtch.engine.workload.Statistic;
import dev.swtch.engine.workload.Workload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final String ALL = """
            workload: 1
            duration: 1s
            warmup: 100ms
            requires: {cpus: ">=2", numa: true, smt: false, costs: zero}
            params: {n: 3}
            threads:
              a: {count: 2, do: [{begin: x}, {compute: 1ms}, {end: x}]}
              b: {do: [{fork: c}]}
              c: {start: on-demand, do: [{begin: "y.z"}, {compute: 1ms}, {end: "y.z"}]}
            measure:
              x: {percentiles: [0, 50, 99.999], above: [0, 1.5ms], in-system: [0, 7], deadline: 0}
              small: {of: x, work: {max: 1ms}}
              large: {of: x, work: {min: 1ms, max: 2s}, percentiles: [90]}
              y.z: {percentiles: [90]}
              fairness: {pair: [a], all: [a, b]}
              idle-while-waiting: {threshold: 5ms}
            expect:
              a/1.end: 3ms
              c.turnaround: {max: 2ms, policy: fcfs}
              threads.mean-stretch: {about: "${20/3}", policy: [fcfs, "rr:quantum=4000"]}
              a.total-work: {exactly: "${n * 2ms / 3}", policy: fcfs}
              x.p99.9: {min: 1ms, max: 2ms}
              x.above-1.5ms: {about: 0.3, confidence: 0.99}
              y.z.above-2ms: 10%
              x.in-system-3: {max: 0.25}
              small.mean: 1ms
              y.z.p50: {about: 1ms, within: 10us}
              y.z.mean: {about: 1.745541ms, confidence: 0.99}
              x.rate: {min: 100, confidence: 99.9%}
              x.miss-share: {about: 0.852631, within: 1%}
              run.utilisation: {about: 80%}
              run.switches: {min: 1}
              pair.fairness: {min: 0.99}
              pair.min-max: {min: 0.5}
            """;

    private static Workload read(String text) {
        return NativeYaml.read("w.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void expectations_say_what_they_mean() {
        List<String> texts = read(ALL).goals().expectations().stream()
                .map(Expectation::toString)
                .toList();
        assertThat(texts)
                .containsExactly(
                        "a/1.end = 3ms",
                        "c.turnaround <= 2ms",
                        "threads.mean-stretch in 6.333334 to 7",
                        "a.total-work = 2ms",
                        "x.p99.9 in 1ms to 2ms",
                        "x.above-1500us = 0.3 with confidence 99%",
                        "y.z.above-2ms = 0.1",
                        "x.in-system-3 <= 0.25",
                        "small.mean = 1ms",
                        "y.z.p50 in 990us to 1010us",
                        "y.z.mean = 1.745541ms with confidence 99%",
                        "x.rate >= 100 with confidence 99.9%",
                        "x.miss-share in 0.844105 to 0.861157",
                        "run.utilisation in 0.76 to 0.84",
                        "run.switches >= 1",
                        "pair.fairness >= 0.99",
                        "pair.min-max >= 0.5");
    }

    @Test
    void goals_stay_the_same_when_they_are_written() {
        Workload first = read(ALL);
        String written = NativeYaml.write(first.source());
        Workload again = read(written);
        assertThat(NativeYaml.write(again.source())).isEqualTo(written);
        assertThat(bare(again.goals())).isEqualTo(bare(first.goals()));
    }

    /** Without the places. */
    private static String bare(Goals goals) {
        return goals.toString().replaceAll("place=[^,\\]]*", "");
    }

    @Test
    void every_word_is_read_as_it_is_written() {
        for (boolean ofRun : new boolean[] {true, false}) {
            for (String word : Statistic.words(ofRun)) {
                Statistic statistic = Statistic.parse(word, ofRun);
                assertThat(statistic).as(word).isNotNull();
                assertThat(statistic.word()).isEqualTo(word);
                assertThat(statistic.quantity().of() == Quantity.Of.RUN).isEqualTo(ofRun);
            }
        }
        assertThat(Statistic.parse("p100.1", false)).isNull();
        assertThat(Statistic.parse("p99.9999", false)).isNull();
        assertThat(Statistic.parse("mean-mean", false)).isNull();
        assertThat(Statistic.parse("p", false)).isNull();
        assertThat(Statistic.parse("above-2", false)).isNull();
        assertThat(Statistic.parse("above-0.5parsec", false)).isNull();
        assertThat(Statistic.parse("above-", false)).isNull();
        assertThat(Statistic.parse("in-system-10001", false)).isNull();
        assertThat(Statistic.parse("in-system-99999999999", false)).isNull();
        assertThat(Statistic.parse("above-2ms", true)).isNull();
    }

    @Test
    void names_stand_for_what_was_written_and_what_is_forked() {
        assertThat(Expectation.isOfThread("a", "a/3")).isTrue();
        assertThat(Expectation.isOfThread("a", "a")).isTrue();
        assertThat(Expectation.isOfThread("a", "ab/3")).isFalse();
        assertThat(Expectation.isOfThread("a", "a/3>c/0")).isFalse();
        assertThat(Expectation.isOfThread("c", "a/3>c/0")).isTrue();
        assertThat(Expectation.isOfThread("threads", "a/3>c/0")).isTrue();
    }
}
