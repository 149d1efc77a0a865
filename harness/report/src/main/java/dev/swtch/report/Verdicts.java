package dev.swtch.report;

import dev.swtch.engine.discovery.TunableValues;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.Expectations;
import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** Holds what a workload expects against all runs of a comparison, and tells what came of it. */
public final class Verdicts {
    private Verdicts() {}

    /**
     * What came of each expectation, in the workload's order.
     *
     * @param workload what was run
     * @param columns the runs
     * @param seeds the seed of each run of a column
     */
    public static List<Verdict> of(Workload workload, List<ColumnRuns> columns, List<Long> seeds) {
        return workload.goals().expectations().stream()
                .map(expected -> of(expected, columns, seeds))
                .toList();
    }

    private static Verdict of(Expectation expected, List<ColumnRuns> columns, List<Long> seeds) {
        List<String> checkedBy = new ArrayList<>();
        List<String> unmet = new ArrayList<>();
        for (ColumnRuns column : columns) {
            List<RunResult> runs = column.runs();
            boolean applies = isFor(expected, column) && !column.any(Outcome.EXCLUDED);
            if (applies && expected.confidence() == 0) {
                checkedBy.add(column.name());
                for (int run = 0; run < runs.size(); run++) {
                    String where = column.name() + ", seed " + seeds.get(run) + ": ";
                    Expectations.unmet(expected, runs.get(run)).forEach(line -> unmet.add(where + line));
                }
            } else if (applies && runs.size() >= Expectations.ENOUGH_RUNS) {
                checkedBy.add(column.name());
                Expectations.unmetBySample(expected, runs).ifPresent(line -> unmet.add(column.name() + ": " + line));
            }
        }
        if (checkedBy.isEmpty()) {
            return verdict(expected, Verdict.State.UNCHECKED, checkedBy, List.of(why(expected)));
        }
        Verdict.State state = unmet.isEmpty() ? Verdict.State.MET : Verdict.State.UNMET;
        return verdict(expected, state, checkedBy, unmet);
    }

    private static boolean isFor(Expectation expected, ColumnRuns column) {
        return expected.isFor(column.plugin().id(), column.name())
                || expected.policies().stream()
                        .anyMatch(policy -> TunableValues.mean(policy, column.plugin(), column.tunables()));
    }

    private static Verdict verdict(
            Expectation expected, Verdict.State state, List<String> checkedBy, List<String> unmet) {
        String place = expected.place() == null ? "" : expected.place().toString();
        return new Verdict(expected.toString(), place, state, checkedBy, unmet);
    }

    private static String why(Expectation expected) {
        List<String> reasons = new ArrayList<>();
        if (!expected.policies().isEmpty()) {
            reasons.add("it holds for " + String.join(", ", expected.policies()));
        }
        if (expected.confidence() > 0) {
            reasons.add("it needs several seeds, as --seeds 30 gives them");
        }
        return expected + ": " + (reasons.isEmpty() ? "nothing was run" : String.join(", and ", reasons));
    }

    /** Whether any expectation is not met. */
    public static boolean isAnyUnmet(Comparison comparison) {
        return comparison.expectations().stream().anyMatch(verdict -> verdict.state() == Verdict.State.UNMET);
    }

    /** A section for people; empty if nothing is expected. */
    public static String text(Comparison comparison) {
        List<Verdict> verdicts = comparison.expectations();
        if (verdicts.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("\nexpectations of the workload\n");
        long met = count(verdicts, Verdict.State.MET);
        if (met > 0 && count(verdicts, Verdict.State.UNMET) == 0) {
            text.append("  ")
                    .append(met == verdicts.size() ? "all " + met : met + " of " + verdicts.size())
                    .append(" met by every run\n");
        }
        lines(verdicts, Verdict.State.UNMET, "not met", text);
        lines(verdicts, Verdict.State.UNCHECKED, "not checked", text);
        for (ColumnRuns column : comparison.columns()) {
            skipped(verdicts, column, text);
        }
        return text.toString();
    }

    private static long count(List<Verdict> verdicts, Verdict.State state) {
        return verdicts.stream().filter(verdict -> verdict.state() == state).count();
    }

    private static void lines(List<Verdict> verdicts, Verdict.State state, String what, StringBuilder text) {
        for (Verdict verdict : verdicts) {
            if (verdict.state() == state) {
                verdict.unmet()
                        .forEach(line -> text.append("  ")
                                .append(what)
                                .append(": ")
                                .append(verdict.place().isEmpty() ? "" : verdict.place() + ": ")
                                .append(line)
                                .append('\n'));
            }
        }
    }

    /** Says of a column that was run how much others were asked and it was not. */
    private static void skipped(List<Verdict> verdicts, ColumnRuns column, StringBuilder text) {
        long skipped = verdicts.stream()
                .filter(verdict -> verdict.state() != Verdict.State.UNCHECKED)
                .filter(verdict -> !verdict.checkedBy().contains(column.name()))
                .count();
        if (skipped > 0 && !column.any(Outcome.EXCLUDED)) {
            text.append("  ")
                    .append(column.name())
                    .append(" was not asked for ")
                    .append(skipped)
                    .append(" of them, which hold for other schedulers\n");
        }
    }
}
