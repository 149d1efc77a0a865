package dev.swtch.report;

import dev.swtch.engine.result.ArrivalResult;
import dev.swtch.engine.result.Crowd;
import dev.swtch.engine.result.FairnessResult;
import dev.swtch.engine.result.LabelResult;
import dev.swtch.engine.result.Percentile;
import dev.swtch.engine.result.Population;
import dev.swtch.engine.result.Quantiles;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.Tail;
import dev.swtch.engine.workload.Statistic;
import dev.swtch.engine.workload.Times;
import dev.swtch.report.text.Fixed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The rows that a workload asks for: its labels, what arrives, and its fairness groups. */
final class AskedRows {
    private static final int MEDIAN = 50_000;
    private static final int P99 = 99_000;
    private static final int PER_THOUSANDTH = 1_000;

    private AskedRows() {}

    /** The sections, as the first run of the first column has them. */
    static List<Metrics.Section> sections(RunResult like, boolean verbose) {
        List<Metrics.Section> sections = new ArrayList<>();
        like.labels().forEach(label -> sections.add(label(label, verbose)));
        for (ArrivalResult arrivals : like.arrivals()) {
            sections.add(arrivals(arrivals.name()));
        }
        for (FairnessResult group : like.fairness()) {
            sections.add(fairness(group.group()));
        }
        return sections;
    }

    private static Metrics.Section label(LabelResult like, boolean verbose) {
        String name = like.label();
        List<Metric> rows = new ArrayList<>();
        rows.add(Metric.count("ended", run -> times(run, name).count()));
        rows.add(Metric.time("mean", run -> times(run, name).meanNs()));
        rows.add(Metric.time("p50", run -> times(run, name).p50Ns()));
        rows.add(Metric.time("p99", run -> times(run, name).p99Ns()));
        for (Percentile asked : like.percentiles()) {
            if (asked.thousandths() != MEDIAN && asked.thousandths() != P99) {
                rows.add(percentile(name, asked.thousandths()));
            }
        }
        rows.add(Metric.time("max", run -> times(run, name).maxNs()));
        for (Tail asked : like.above()) {
            rows.add(Metric.share("above " + Times.format(asked.ns()), run -> above(run, name, asked.ns())));
        }
        for (Crowd asked : like.crowds()) {
            rows.add(Metric.share("just " + asked.number() + " under way", run -> crowd(run, name, asked.number())));
        }
        if (like.deadlineNs() >= 0) {
            rows.add(Metric.count("later than " + Times.format(like.deadlineNs()), run -> late(run, name)));
        }
        if (verbose) {
            rows.add(new Metric(
                    "per second",
                    Metric.Kind.RATE,
                    false,
                    run -> Fixed.scaled(population(run, name).perSecondMillionths(), 1, 100_000)));
            rows.add(new Metric(
                    "under way, mean",
                    Metric.Kind.THOUSANDTHS,
                    false,
                    run -> Fixed.scaled(population(run, name).meanMillionths(), 1, PER_THOUSANDTH)));
        }
        return new Metrics.Section("label " + name, rows);
    }

    private static Metric percentile(String name, int thousandths) {
        return Metric.time(
                "p" + Statistic.thousandths(thousandths),
                run -> run.labels().stream()
                        .filter(label -> label.label().equals(name))
                        .flatMap(label -> label.percentiles().stream())
                        .filter(percentile -> percentile.thousandths() == thousandths)
                        .mapToLong(Percentile::ns)
                        .findFirst()
                        .orElse(0));
    }

    private static long above(RunResult run, String name, long ns) {
        long above = run.labels().stream()
                .filter(label -> label.label().equals(name))
                .flatMap(label -> label.above().stream())
                .filter(tail -> tail.ns() == ns)
                .mapToLong(Tail::count)
                .sum();
        return Fixed.scaled(above, PER_THOUSANDTH, times(run, name).count());
    }

    private static long crowd(RunResult run, String name, int number) {
        long ns = run.labels().stream()
                .filter(label -> label.label().equals(name))
                .flatMap(label -> label.crowds().stream())
                .filter(crowd -> crowd.number() == number)
                .mapToLong(Crowd::ns)
                .sum();
        return Fixed.scaled(ns, PER_THOUSANDTH, population(run, name).spanNs());
    }

    private static Quantiles times(RunResult run, String name) {
        return run.labels().stream()
                .filter(label -> label.label().equals(name))
                .map(LabelResult::times)
                .findFirst()
                .orElse(Quantiles.NONE);
    }

    private static Population population(RunResult run, String name) {
        return run.labels().stream()
                .filter(label -> label.label().equals(name))
                .map(LabelResult::population)
                .findFirst()
                .orElse(Population.NONE);
    }

    private static long late(RunResult run, String name) {
        return run.labels().stream()
                .filter(label -> label.label().equals(name))
                .mapToLong(label -> label.misses() + label.overdue())
                .sum();
    }

    private static Metrics.Section arrivals(String name) {
        return new Metrics.Section(
                "arrivals " + name,
                List.of(
                        Metric.count("arrived", run -> arrivals(run, name, ArrivalResult::arrived)),
                        Metric.count("turned away", run -> arrivals(run, name, ArrivalResult::turnedAway))
                                .ifAny()));
    }

    private static long arrivals(RunResult run, String name, ToLongFunction<ArrivalResult> value) {
        return run.arrivals().stream()
                .filter(arrivals -> arrivals.name().equals(name))
                .mapToLong(value)
                .sum();
    }

    private static Metrics.Section fairness(String name) {
        return new Metrics.Section(
                "fairness " + name,
                List.of(
                        new Metric(
                                "Jain's index",
                                Metric.Kind.THOUSANDTHS,
                                false,
                                run -> Fixed.scaled(
                                        fairness(run, name, FairnessResult::jainMillionths), 1, PER_THOUSANDTH)),
                        Metric.time("least work", run -> fairness(run, name, FairnessResult::leastNs)),
                        Metric.time("most work", run -> fairness(run, name, FairnessResult::mostNs))));
    }

    private static long fairness(RunResult run, String name, ToLongFunction<FairnessResult> value) {
        return run.fairness().stream()
                .filter(group -> group.group().equals(name))
                .mapToLong(value)
                .sum();
    }
}
