package dev.swtch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.dsl.NativeYaml;
import dev.swtch.engine.workload.Workload;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static Comparison judged(Comparison runs, String expectations) {
        String text = "workload: 1\nthreads: {t: {do: [{begin: frame}, {compute: 1ms}, {end: frame}]}}\nexpect:\n"
                + expectations.indent(2);
        Workload workload = NativeYaml.read("w.yaml", text.getBytes(StandardCharsets.UTF_8));
        List<Verdict> verdicts =
                Verdicts.of(workload, runs.columns(), runs.setup().seeds());
        return new Comparison(runs.setup(), runs.columns(), Bounds.NONE, verdicts);
    }

    @Test
    void each_expectation_is_met_missed_or_unchecked() {
        Comparison comparison = judged(
                SampleRuns.comparison(
                        SampleRuns.done("alpha", SampleRuns.ALPHA, 1),
                        SampleRuns.done("beta", SampleRuns.BETA, 5),
                        SampleRuns.excluded("gamma", SampleRuns.ALPHA)),
                """
                frame.count: 9000
                frame.p99.9: {max: 10ms}
                frame.mean: {about: 8ms, policy: alpha}
                frame.misses: {exactly: 91, policy: [gamma, delta]}
                frame.max: {max: 1ms, confidence: 0.99}
                """);
        assertThat(comparison.expectations().stream().map(Verdict::state))
                .containsExactly(
                        Verdict.State.MET,
                        Verdict.State.UNMET,
                        Verdict.State.MET,
                        Verdict.State.UNCHECKED,
                        Verdict.State.UNCHECKED);
        assertThat(Verdicts.isAnyUnmet(comparison)).isTrue();
        assertThat(Verdicts.text(comparison)).isEqualTo("""

                expectations of the workload
                  not met: w.yaml:5:3: beta, seed 1: frame.p99.9 <= 10ms, found 49.499999ms
                  not checked: w.yaml:7:3: frame.misses = 91: it holds for gamma, delta
                  not checked: w.yaml:8:3: frame.max <= 1ms with confidence 99%: it needs several seeds, as --seeds 30 gives them
                  beta was not asked for 1 of them, which hold for other schedulers
                """);
        assertThat(JsonExport.text(List.of(comparison))).contains("\"state\" : \"UNCHECKED\"");
    }

    /** The largest times are 9.9, 19.8 and 29.7 ms twice: mean 19.8, standard error 3.615, t for 99 % 4.032. */
    @Test
    void a_confidence_interval_is_over_the_seeds() {
        Comparison inside =
                judged(SampleRuns.seeds(6), "frame.max: {about: 34.3ms, policy: alpha, confidence: 0.99}\n");
        assertThat(Verdicts.text(inside))
                .contains("  all 1 met by every run\n")
                .endsWith("  beta was not asked for 1 of them, which hold for other schedulers\n");
        Comparison outside =
                judged(SampleRuns.seeds(6), "frame.max: {about: 34.4ms, policy: alpha, confidence: 99%}\n");
        assertThat(outside.expectations().get(0).unmet())
                .containsExactly(
                        "alpha: frame.max = 34400us with confidence 99%, found 5.223929ms to 34.376071ms over 6 seeds");
    }
}
