package dev.swtch.engine.run;

import dev.swtch.engine.result.LabelResult;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.Quantiles;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** Holds a result against what its workload expects. */
public final class Expectations {
    /** A value that the run did not come to. */
    private static final long NONE = -1;

    private Expectations() {}

    /**
     * The expectations that a run does not meet, as sentences. A run that was not made meets all.
     *
     * @param workload what was run
     * @param result what came of it
     */
    public static List<String> unmet(Workload workload, RunResult result) {
        List<String> unmet = new ArrayList<>();
        if (result.outcome() == Outcome.EXCLUDED) {
            return unmet;
        }
        for (Expectation expected : workload.goals().expectations()) {
            if (expected.scheduler().isEmpty()
                    || expected.scheduler().equals(result.plugin().id())) {
                check(expected, result, unmet);
            }
        }
        return unmet;
    }

    private static void check(Expectation expected, RunResult result, List<String> unmet) {
        boolean known = false;
        if (expected.statistic().isOfLabel()) {
            for (LabelResult label : result.labels()) {
                if (label.label().equals(expected.subject())) {
                    known = true;
                    check(expected, value(expected.statistic(), label.times()), "", unmet);
                }
            }
        } else {
            for (ThreadResult thread : result.threads()) {
                if (expected.isOfThread(thread.path())) {
                    known = true;
                    String by = thread.path().equals(expected.subject()) ? "" : " by " + thread.path();
                    check(expected, value(expected.statistic(), thread), by, unmet);
                }
            }
        }
        if (!known) {
            check(expected, NONE, "", unmet);
        }
    }

    private static void check(Expectation expected, long found, String by, List<String> unmet) {
        if (found == NONE || found < expected.least() || found > expected.most()) {
            unmet.add(expected + ", found " + (found == NONE ? "none" : expected.value(found)) + by);
        }
    }

    private static long value(Expectation.Statistic statistic, Quantiles times) {
        if (times.count() == 0 && statistic != Expectation.Statistic.COUNT) {
            return NONE;
        }
        return switch (statistic) {
            case COUNT -> times.count();
            case MEAN -> times.meanNs();
            case P50 -> times.p50Ns();
            case P99 -> times.p99Ns();
            case MAX -> times.maxNs();
            case END, WORK, READY, STEPS -> NONE;
        };
    }

    private static long value(Expectation.Statistic statistic, ThreadResult thread) {
        return switch (statistic) {
            case END -> thread.endNs();
            case WORK -> thread.userNs() + thread.kernelNs();
            case READY -> thread.readyNs();
            case STEPS -> thread.steps();
            case COUNT, MEAN, P50, P99, MAX -> NONE;
        };
    }
}
