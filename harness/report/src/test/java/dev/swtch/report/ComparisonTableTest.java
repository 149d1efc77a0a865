package dev.swtch.report;

import static dev.swtch.report.SampleRuns.ALPHA;
import static dev.swtch.report.SampleRuns.BETA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
    @Test
    void shows_two_schedulers_side_by_side() throws IOException {
        Comparison comparison =
                SampleRuns.comparison(SampleRuns.done("alpha", ALPHA, 1), SampleRuns.done("beta", BETA, 5));
        Golden.assertMatches("two.txt", ComparisonTable.text(comparison, TableOptions.plain()));
    }

    @Test
    void shows_differences_to_a_baseline() throws IOException {
        Comparison comparison = SampleRuns.comparison(
                SampleRuns.done("alpha", ALPHA, 1),
                SampleRuns.done("beta", BETA, 5),
                SampleRuns.done("beta:slice=20", BETA, 2));
        String text = ComparisonTable.text(comparison, new TableOptions("alpha", false, false));
        Golden.assertMatches("baseline.txt", text);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void shows_the_spread_over_seeds() throws IOException {
        Golden.assertMatches(
                "seeds.txt", ComparisonTable.text(SampleRuns.seeds(7), new TableOptions("alpha", false, false)));
    }

    @Test
    void shows_stalls_panics_and_who_was_left_out() throws IOException {
        Comparison comparison = SampleRuns.comparison(
                SampleRuns.stalled("alpha", ALPHA),
                SampleRuns.panic("beta", BETA),
                SampleRuns.excluded("beta:slice=20", BETA),
                SampleRuns.starving("alpha:slice=1", ALPHA));
        Golden.assertMatches("trouble.txt", ComparisonTable.text(comparison, TableOptions.plain()));
    }

    @Test
    void shows_threads_and_means_when_verbose() throws IOException {
        Comparison comparison =
                SampleRuns.comparison(SampleRuns.done("alpha", ALPHA, 1), SampleRuns.done("beta", BETA, 5));
        Golden.assertMatches("verbose.txt", ComparisonTable.text(comparison, new TableOptions(null, true, false)));
    }

    @Test
    void colour_changes_nothing_but_escapes() {
        Comparison comparison =
                SampleRuns.comparison(SampleRuns.stalled("alpha", ALPHA), SampleRuns.panic("beta", BETA));
        String coloured = ComparisonTable.text(comparison, new TableOptions(null, true, true));
        assertThat(coloured).contains("\u001b[1;31mpanic\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(ComparisonTable.text(comparison, new TableOptions(null, true, false)));
    }

    @Test
    void says_which_thread_was_given_other_work() {
        Comparison comparison =
                SampleRuns.comparison(SampleRuns.done("alpha", ALPHA, 1), SampleRuns.otherWork("beta", BETA));
        assertThat(ComparisonTable.text(comparison, TableOptions.plain()))
                .contains("identical work: NO, thread audio/0 took other steps under one scheduler than under another");
    }

    @Test
    void equal_results_leave_nothing_to_look_at() {
        Comparison comparison =
                SampleRuns.comparison(SampleRuns.done("alpha", ALPHA, 1), SampleRuns.done("beta", BETA, 1));
        assertThat(ComparisonTable.text(comparison, TableOptions.plain()))
                .contains("identical work: yes, 2 threads, 4,101 steps")
                .contains("No measurable difference in work done, latencies, switches or kernel time.");
    }

    @Test
    void waits_that_did_not_end_make_no_scheduler_look_quick() {
        Comparison comparison = SampleRuns.comparison(
                SampleRuns.done("alpha", ALPHA, 5), SampleRuns.unended("beta", BETA, 600_000_000));
        assertThat(ComparisonTable.text(comparison, TableOptions.plain()))
                .containsPattern("of it not ended +ms +0.0 +600.0")
                .contains("Under beta 600.0 ms of ready time belong to waits that had not ended")
                .doesNotContain("The p99");
    }

    @Test
    void a_fault_is_reported_like_a_panic() throws IOException {
        Golden.assertMatches(
                "fault.txt",
                FaultText.of(
                        "beta",
                        3,
                        Objects.requireNonNull(SampleRuns.panic("beta", BETA).fault()),
                        "swtch compare mixed --schedulers beta --seed 3",
                        false));
    }
}
