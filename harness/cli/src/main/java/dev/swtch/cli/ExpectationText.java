package dev.swtch.cli;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.Expectations;
import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Workload;
import dev.swtch.report.ColumnRuns;
import dev.swtch.report.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a workload expects, held against all runs of a comparison.
 *
 * @param expected how much is expected
 * @param unmet one line for each expectation that a run, or a column's runs together, do not meet
 * @param unchecked one line for each expectation that no run says anything about
 */
record ExpectationText(int expected, List<String> unmet, List<String> unchecked) {
    /** Keeps the lists unmodifiable. */
    ExpectationText {
        unmet = List.copyOf(unmet);
        unchecked = List.copyOf(unchecked);
    }

    static ExpectationText of(Plan plan, Comparison comparison) {
        Workload workload = plan.workload();
        List<String> unmet = new ArrayList<>();
        Set<Expectation> checked = new LinkedHashSet<>();
        for (ColumnRuns column : comparison.columns()) {
            for (int run = 0; run < column.runs().size(); run++) {
                RunResult result = column.runs().get(run);
                String where = result.column() + ", seed " + plan.seeds().get(run) + ": ";
                Expectations.unmet(workload, result).forEach(line -> unmet.add(where + line));
            }
            for (Expectation expected : workload.goals().expectations()) {
                check(expected, column, unmet, checked);
            }
        }
        List<Expectation> all = workload.goals().expectations();
        List<String> unchecked = all.stream()
                .filter(expected -> !checked.contains(expected))
                .map(ExpectationText::why)
                .toList();
        return new ExpectationText(all.size(), unmet, unchecked);
    }

    private static void check(Expectation expected, ColumnRuns column, List<String> unmet, Set<Expectation> checked) {
        List<RunResult> runs = column.runs().stream()
                .filter(run -> Expectations.applies(expected, run))
                .toList();
        if (runs.isEmpty() || expected.confidence() > 0 && runs.size() < Expectations.ENOUGH_RUNS) {
            return;
        }
        checked.add(expected);
        String wrong = expected.confidence() == 0 ? null : Expectations.unmetBySample(expected, runs);
        if (wrong != null) {
            unmet.add(column.name() + ": " + wrong);
        }
    }

    private static String why(Expectation expected) {
        List<String> reasons = new ArrayList<>();
        if (!expected.policies().isEmpty()) {
            reasons.add("it holds for " + String.join(", ", expected.policies()));
        }
        if (expected.confidence() > 0) {
            reasons.add("it needs several seeds, as --seeds 30 gives them");
        }
        return expected + (reasons.isEmpty() ? "" : ": " + String.join(", and ", reasons));
    }

    boolean failed() {
        return !unmet.isEmpty();
    }

    /** A section for the report; empty if nothing is expected. */
    String text() {
        if (expected == 0) {
            return "";
        }
        StringBuilder text = new StringBuilder("\nexpectations of the workload\n");
        int checked = expected - unchecked.size();
        if (unmet.isEmpty() && checked > 0) {
            text.append("  ")
                    .append(unchecked.isEmpty() ? "all " + expected : checked + " of " + expected)
                    .append(" met by every run\n");
        }
        unmet.forEach(line -> text.append("  not met: ").append(line).append('\n'));
        unchecked.forEach(line -> text.append("  not checked: ").append(line).append('\n'));
        return text.toString();
    }
}
