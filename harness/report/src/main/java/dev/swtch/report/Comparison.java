package dev.swtch.report;

import dev.swtch.engine.result.Outcome;
import java.util.List;

/**
 * One workload on several schedulers.
 *
 * @param setup what all columns have in common
 * @param columns the columns, in the order the user gave
 * @param bounds what they are held against, if the user asked
 * @param expectations what came of what the workload expects
 */
public record Comparison(Setup setup, List<ColumnRuns> columns, Bounds bounds, List<Verdict> expectations) {
    /** Keeps the lists unmodifiable. */
    public Comparison {
        columns = List.copyOf(columns);
        expectations = List.copyOf(expectations);
    }

    /**
     * What all columns have in common.
     *
     * @param workload the workload's name
     * @param about one line about it, may be empty
     * @param machine the machine's topology
     * @param durationNs simulated time after which a run ends
     * @param seeds one seed per run of a column
     * @param costs name of the prices
     * @param checks whether rules were checked
     */
    public record Setup(
            String workload,
            String about,
            String machine,
            long durationNs,
            List<Long> seeds,
            String costs,
            boolean checks) {
        /** Keeps the list unmodifiable. */
        public Setup {
            seeds = List.copyOf(seeds);
        }
    }

    /** The columns that stand in the table: all that were run. */
    public List<ColumnRuns> shown() {
        return columns.stream().filter(column -> !column.any(Outcome.EXCLUDED)).toList();
    }

    /** The columns whose numbers can be compared. */
    public List<ColumnRuns> comparable() {
        return columns.stream().filter(ColumnRuns::isComparable).toList();
    }

    /** Whether any run ended that way. */
    public boolean any(Outcome outcome) {
        return columns.stream().anyMatch(column -> column.any(outcome));
    }
}
