package dev.swtch.cli;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.Expectations;
import dev.swtch.report.ColumnRuns;
import dev.swtch.report.Comparison;
import java.util.ArrayList;
import java.util.List;

/**
 * What a workload expects, held against all runs of a comparison.
 *
 * @param expected how much is expected of each run
 * @param unmet one line for each expectation that a run does not meet
 */
record ExpectationText(int expected, List<String> unmet) {
    /** Keeps the list unmodifiable. */
    ExpectationText {
        unmet = List.copyOf(unmet);
    }

    static ExpectationText of(Plan plan, Comparison comparison) {
        List<String> unmet = new ArrayList<>();
        for (ColumnRuns column : comparison.columns()) {
            for (int run = 0; run < column.runs().size(); run++) {
                RunResult result = column.runs().get(run);
                String where = result.column() + ", seed " + plan.seeds().get(run) + ": ";
                Expectations.unmet(plan.workload(), result).forEach(line -> unmet.add(where + line));
            }
        }
        return new ExpectationText(plan.workload().goals().expectations().size(), unmet);
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
        if (unmet.isEmpty()) {
            text.append("  all ").append(expected).append(" met by every run\n");
        }
        unmet.forEach(line -> text.append("  not met: ").append(line).append('\n'));
        return text.toString();
    }
}
