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
import org.jspecify.annotations.Nullable;

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
        List<String> unmet = new ArrayList<>();
        for (Expectation expected : workload.goals().expectations()) {
            if (expected.confidence() == 0 && applies(expected, result)) {
                unmetByRun(expected, result, unmet);
            }
        }
        return unmet;
    }

    /**
     * Whether a run says anything about an expectation: it was made, under a scheduler that the expectation holds for.
     *
     * @param expected what is expected
     * @param result what came of the run
     */
    public static boolean applies(Expectation expected, RunResult result) {
        return result.outcome() != Outcome.EXCLUDED
                && expected.isFor(result.plugin().id(), result.column());
    }

    private static void unmetByRun(Expectation expected, RunResult result, List<String> unmet) {
        for (Found found : new FoundValues(result).of(expected)) {
            boolean met =
                    found.value() != null && found.rounded() >= expected.least() && found.rounded() <= expected.most();
            if (!met) {
                unmet.add(expected + ", found "
                        + (found.value() == null ? "none" : expected.value(found.rounded()))
                        + (found.of().isEmpty() ? "" : " by " + found.of()));
            }
        }
    }

    /**
     * Says how runs with different seeds do not meet an expectation with a confidence: the interval in which the mean lies
     * with that confidence, by Student's t, does not meet the bounds.
     *
     * @param expected what is expected, with a confidence
     * @param runs at least {@link #ENOUGH_RUNS} runs of one column that it applies to
     * @return a sentence, or null if it is met
     */
    public static @Nullable String unmetBySample(Expectation expected, List<RunResult> runs) {
        double[] values = new double[runs.size()];
        for (int i = 0; i < values.length; i++) {
            List<Found> found = new FoundValues(runs.get(i)).of(expected);
            for (Found each : found) {
                BigDecimal value = each.value();
                if (value == null) {
                    return expected + ", found none in run " + (i + 1);
                }
                values[i] += value.doubleValue() / found.size();
            }
        }
        double mean = mean(values);
        double half = StudentT.width(expected.confidence() / 100_000.0, values.length - 1) * error(values, mean);
        boolean met = mean - half <= expected.most() && mean + half >= expected.least();
        return met
                ? null
                : expected + ", found " + text(expected, mean - half) + " to " + text(expected, mean + half) + " over "
                        + values.length + " seeds";
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
