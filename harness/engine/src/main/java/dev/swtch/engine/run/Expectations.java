package dev.swtch.engine.run;

import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.run.FoundValues.Found;
import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Workload;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Holds results against what their workload expects. */
public final class Expectations {
    /** Fewest runs that have a confidence interval. */
    public static final int ENOUGH_RUNS = 2;

    private Expectations() {}

    /**
     * The expectations that a run does not meet, as sentences. A run that was not made meets all; those with a confidence
     * need several runs and are left to {@link #unmetBySample}.
     *
     * @param workload what was run
     * @param result what came of it
     */
    public static List<String> unmet(Workload workload, RunResult result) {
        return workload.goals().expectations().stream()
                .filter(expected -> expected.confidence() == 0 && applies(expected, result))
                .flatMap(expected -> unmet(expected, result).stream())
                .toList();
    }

    /**
     * Whether a run says anything about an expectation: it was made, under a scheduler that the expectation holds for.
     *
     * @param expected what is expected
     * @param result what came of the run
     */
    private static boolean applies(Expectation expected, RunResult result) {
        return result.outcome() != Outcome.EXCLUDED
                && expected.isFor(result.plugin().id(), result.column());
    }

    /**
     * How a run does not meet an expectation, as sentences.
     *
     * @param expected what is expected of each run
     * @param result what came of a run that it applies to
     */
    public static List<String> unmet(Expectation expected, RunResult result) {
        List<String> unmet = new ArrayList<>();
        for (Found found : new FoundValues(result).of(expected)) {
            boolean met =
                    found.value() != null && found.rounded() >= expected.least() && found.rounded() <= expected.most();
            if (!met) {
                unmet.add(expected + ", found "
                        + (found.value() == null ? "none" : expected.value(found.rounded()))
                        + (found.of().isEmpty() ? "" : " by " + found.of()));
            }
        }
        return unmet;
    }

    /**
     * Says how runs with different seeds do not meet an expectation with a confidence: the interval in which the mean lies
     * with that confidence, by Student's t, does not meet the bounds.
     *
     * @param expected what is expected, with a confidence
     * @param runs at least {@link #ENOUGH_RUNS} runs of one column that it applies to
     * @return a sentence; empty if it is met
     */
    public static Optional<String> unmetBySample(Expectation expected, List<RunResult> runs) {
        double[] values = new double[runs.size()];
        for (int i = 0; i < values.length; i++) {
            List<Found> found = new FoundValues(runs.get(i)).of(expected);
            for (Found each : found) {
                BigDecimal value = each.value();
                if (value == null) {
                    return Optional.of(expected + ", found none in run " + (i + 1));
                }
                values[i] += value.doubleValue() / found.size();
            }
        }
        double mean = mean(values);
        double half = StudentT.width(expected.confidence() / 100_000.0, values.length - 1) * error(values, mean);
        boolean met = mean - half <= expected.most() && mean + half >= expected.least();
        return met
                ? Optional.empty()
                : Optional.of(expected + ", found " + text(expected, mean - half) + " to " + text(expected, mean + half)
                        + " over " + values.length + " seeds");
    }

    private static String text(Expectation expected, double value) {
        return expected.value(
                new BigDecimal(value).setScale(0, RoundingMode.HALF_UP).longValue());
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Standard error of the mean. */
    private static double error(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return StrictMath.sqrt(squares / (values.length - 1) / values.length);
    }
}
