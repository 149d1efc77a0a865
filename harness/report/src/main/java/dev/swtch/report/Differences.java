package dev.swtch.report;

import dev.swtch.engine.result.CostShare;
import dev.swtch.engine.result.Latencies;
import dev.swtch.engine.result.RunResult;
import dev.swtch.report.text.Fixed;
import dev.swtch.report.text.Scale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The largest differences between columns, each as a sentence that says where the larger number comes from. */
final class Differences {
    /** Differences of less than a tenth are left to the table. */
    private static final long LEAST_RATIO = 1_100;

    private static final List<Candidate> CANDIDATES = List.of(
            new Candidate(
                    "The p99 from wake-up to own work",
                    Metric.time("", run -> run.latencies().wakeToRun().p99Ns()),
                    1_000,
                    true,
                    Differences::wakeReason),
            new Candidate(
                    "The p99 of ready and not running",
                    Metric.time("", run -> run.latencies().readyWait().p99Ns()),
                    1_000,
                    true,
                    Differences::readyReason),
            new Candidate(
                    "The number of switches",
                    Metric.count("", run -> run.switches().total()),
                    100,
                    false,
                    Differences::switchReason),
            new Candidate(
                    "The number of migrations",
                    Metric.count("", run -> run.switches().migrations()),
                    20,
                    false,
                    run -> ""),
            new Candidate(
                    "Kernel time per decision",
                    new Metric("", Metric.Kind.PRICE, false, Metrics::pricePerDecision),
                    10,
                    false,
                    Differences::kernelReason));

    private Differences() {}

    private record Candidate(
            String noun, Metric metric, long floor, boolean isOfEndedWaits, Function<RunResult, String> reason) {}

    private record Finding(long ratio, String sentence) {}

    static List<String> sentences(List<ColumnRuns> columns, @Nullable ColumnRuns baseline) {
        List<Finding> findings = new ArrayList<>();
        for (Candidate candidate : CANDIDATES) {
            Finding finding = find(candidate, columns, baseline);
            if (finding != null) {
                findings.add(finding);
            }
        }
        findings.sort(Comparator.comparingLong(Finding::ratio).reversed());
        List<String> sentences = new ArrayList<>();
        String work = work(columns, baseline);
        if (!work.isEmpty()) {
            sentences.add(work);
        }
        findings.forEach(finding -> sentences.add(finding.sentence));
        return sentences;
    }

    private static @Nullable Finding find(
            Candidate candidate, List<ColumnRuns> columns, @Nullable ColumnRuns baseline) {
        Pair pair = widest(candidate.metric, columns, baseline);
        if (candidate.isOfEndedWaits && pair.smaller.runs().stream().anyMatch(Metrics::isFlattered)) {
            return null;
        }
        long larger = candidate.metric.median(pair.larger);
        long smaller = candidate.metric.median(pair.smaller);
        if (larger < candidate.floor || !isDifferent(candidate.metric, pair)) {
            return null;
        }
        long ratio = Fixed.scaled(larger, 1_000, Math.max(1, smaller));
        if (ratio < LEAST_RATIO) {
            return null;
        }
        Scale scale = candidate.metric.kind().scale(List.of(larger, smaller));
        String reason = candidate.reason.apply(pair.larger.first());
        return new Finding(
                ratio,
                candidate.noun + " is " + scale.withUnit(larger) + " under " + pair.larger.name() + " and "
                        + scale.withUnit(smaller) + " under " + pair.smaller.name() + factor(ratio, smaller)
                        + (reason.isEmpty() ? "" : "; " + reason) + ".");
    }

    private static String factor(long ratio, long smaller) {
        if (smaller == 0) {
            return "";
        }
        return ratio >= 2_000
                ? ", " + Fixed.of(ratio, 1_000, ratio < 10_000 ? 1 : 0) + " times as much"
                : ", " + Fixed.of(ratio - 1_000, 10, 0) + " % more";
    }

    private static String work(List<ColumnRuns> columns, @Nullable ColumnRuns baseline) {
        Metric metric = Metric.time("", RunResult::workNs);
        Pair pair = widest(metric, columns, baseline);
        long larger = metric.median(pair.larger);
        long smaller = metric.median(pair.smaller);
        long permille = Fixed.scaled(larger - smaller, 1_000, Math.max(1, smaller));
        if (permille < 10 || !isDifferent(metric, pair)) {
            return "";
        }
        return pair.larger.name() + " got " + Scale.SHARE.text(permille) + " % more of the workload's work done than "
                + pair.smaller.name() + ".";
    }

    private record Pair(ColumnRuns larger, ColumnRuns smaller) {}

    /** The two columns that lie farthest apart; one of them is the baseline if there is one. */
    private static Pair widest(Metric metric, List<ColumnRuns> columns, @Nullable ColumnRuns baseline) {
        ColumnRuns largest = columns.get(0);
        ColumnRuns smallest = columns.get(0);
        for (ColumnRuns column : columns) {
            largest = metric.median(column) > metric.median(largest) ? column : largest;
            smallest = metric.median(column) < metric.median(smallest) ? column : smallest;
        }
        if (baseline == null || !columns.contains(baseline)) {
            return new Pair(largest, smallest);
        }
        long base = metric.median(baseline);
        return metric.median(largest) - base >= base - metric.median(smallest)
                ? new Pair(largest, baseline)
                : new Pair(baseline, smallest);
    }

    /** With several seeds a difference counts only beyond its spread. */
    private static boolean isDifferent(Metric metric, Pair pair) {
        return pair.larger.runs().size() == 1
                || Spread.ofDifferences(metric.of(pair.larger), metric.of(pair.smaller))
                        .isDifferent();
    }

    private static String wakeReason(RunResult run) {
        long toCpu = run.latencies().wakeToCpu().p99Ns();
        long toWork = run.latencies().cpuToWork().p99Ns();
        if (toCpu > 2 * toWork) {
            return "there the long part is the wait for a CPU";
        }
        return toWork > 2 * toCpu ? "there the long part lies between the first CPU and own work" : "";
    }

    private static String readyReason(RunResult run) {
        Latencies wait = run.latencies();
        long[] parts = {wait.runQueueNs(), wait.userQueueNs(), wait.lockNs(), wait.preemptedNs()};
        String[] places = {"on a run queue", "on the user queue", "for a lock", "preempted in place"};
        int most = 0;
        long all = 0;
        for (int i = 0; i < parts.length; i++) {
            all += parts[i];
            most = parts[i] > parts[most] ? i : most;
        }
        return all == 0
                ? ""
                : "there " + Scale.SHARE.text(Fixed.scaled(parts[most], 1_000, all)) + " % of ready time is spent "
                        + places[most];
    }

    private static String switchReason(RunResult run) {
        return "there "
                + Scale.SHARE.text(Fixed.scaled(
                        run.switches().involuntary(), 1_000, run.switches().total())) + " % are involuntary";
    }

    private static String kernelReason(RunResult run) {
        return run.costs().stream()
                .max(Comparator.comparingLong(CostShare::ns)
                        .thenComparing(CostShare::charge, Comparator.reverseOrder()))
                .map(share -> "there " + CostRows.name(share.charge()) + " is the largest part ("
                        + Scale.SHARE.text(Fixed.scaled(share.ns(), 1_000, run.kernelNs())) + " %)")
                .orElse("");
    }
}
