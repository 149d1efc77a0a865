package dev.swtch.report;

import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.spi.plugin.PluginDescriptor;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One column: the runs of one scheduler with its settings, one run per seed.
 *
 * @param name unique among the columns
 * @param tunables settings that differ from the scheduler's defaults
 * @param runs at least one run, in the order of the seeds
 */
public record ColumnRuns(String name, SortedMap<String, Long> tunables, List<RunResult> runs) {
    /** Keeps the collections unmodifiable. */
    public ColumnRuns {
        tunables = Collections.unmodifiableSortedMap(new TreeMap<>(tunables));
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("column " + name + " has no run");
        }
    }

    /** A column of a single run without settings. */
    public static ColumnRuns of(RunResult run) {
        return new ColumnRuns(run.column(), new TreeMap<>(), List.of(run));
    }

    /** The run of the first seed. */
    public RunResult first() {
        return runs.get(0);
    }

    /** What the scheduler says about itself. */
    public PluginDescriptor plugin() {
        return first().plugin();
    }

    /** Whether any run ended that way. */
    public boolean any(Outcome outcome) {
        return runs.stream().anyMatch(run -> run.outcome() == outcome);
    }

    /** Whether every run reached a result that can be compared. */
    public boolean isComparable() {
        return !any(Outcome.PANIC) && !any(Outcome.EXCLUDED);
    }
}
