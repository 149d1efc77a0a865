package dev.swtch.engine.run;

import dev.swtch.engine.result.ArrivalResult;
import dev.swtch.engine.result.CpuTimes;
import dev.swtch.engine.result.Crowd;
import dev.swtch.engine.result.FairnessResult;
import dev.swtch.engine.result.LabelResult;
import dev.swtch.engine.result.Percentile;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.Tail;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Quantity;
import dev.swtch.engine.workload.Statistic;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Finds in a result what an expectation is about. */
final class FoundValues {
    private static final MathContext DIGITS = new MathContext(40);
    private static final BigDecimal ONE = BigDecimal.valueOf(Quantity.ONE);

    private final RunResult result;

    FoundValues(RunResult result) {
        this.result = result;
    }

    /**
     * One value.
     *
     * @param value in the unit of the quantity, or null if the run did not come to it
     * @param of the thread it belongs to, if the expectation is about several; else empty
     */
    record Found(@Nullable BigDecimal value, String of) {
        static final Found NONE = new Found(null, "");

        /** Rounded half up; meaningful if there is a value. */
        long rounded() {
            return value == null ? 0 : value.setScale(0, RoundingMode.HALF_UP).longValueExact();
        }
    }

    /** The values that have to keep the bounds; at least one. */
    List<Found> of(Expectation expected) {
        Statistic statistic = expected.statistic();
        if (statistic.quantity().of() == Quantity.Of.THREAD) {
            List<Found> each = threads(expected);
            return statistic.fold() == Statistic.Fold.EACH ? each : List.of(folded(statistic.fold(), each));
        }
        BigDecimal value = switch (statistic.quantity().of()) {
            case LABEL -> ofLabel(expected.subject(), statistic);
            case GROUP -> ofGroup(expected.subject(), statistic.quantity());
            case RUN -> ofRun(statistic.quantity());
            case ARRIVALS -> ofArrivals(expected.subject(), statistic.quantity());
            case THREAD -> null;
        };
        return List.of(new Found(value, ""));
    }

    // ---- threads ------------------------------------------------------------------------------------------------

    private List<Found> threads(Expectation expected) {
        List<Found> found = new ArrayList<>();
        Quantity quantity = expected.statistic().quantity();
        boolean fold = expected.statistic().fold() != Statistic.Fold.EACH;
        for (ThreadResult thread : result.threads()) {
            if (expected.isOfThread(thread.path()) && !isFromBefore(thread, quantity)) {
                BigDecimal value = ofThread(thread, quantity);
                if (value != null || !fold) {
                    found.add(new Found(value, thread.path().equals(expected.subject()) ? "" : thread.path()));
                }
            }
        }
        return found.isEmpty() ? List.of(Found.NONE) : found;
    }

    /** A thread that was there before measuring began says nothing about how long threads take. */
    private boolean isFromBefore(ThreadResult thread, Quantity quantity) {
        return switch (quantity) {
            case TURNAROUND, WAIT, STRETCH, FIRST_RUN ->
                result.warmupNs() > 0 && thread.releasedNs() < result.warmupNs();
            default -> false;
        };
    }

    private @Nullable BigDecimal ofThread(ThreadResult thread, Quantity quantity) {
        boolean ended = thread.endNs() >= 0 && thread.releasedNs() >= 0;
        long turnaroundNs = thread.endNs() - thread.releasedNs();
        return switch (quantity) {
            case END -> thread.endNs() < 0 ? null : number(thread.endNs());
            case WORK -> number(thread.workNs());
            case READY -> number(thread.readyNs());
            case STEPS -> number(thread.steps());
            case SWITCHES -> number(thread.switches());
            case MIGRATIONS -> number(thread.migrations());
            case TURNAROUND -> ended ? number(turnaroundNs) : null;
            case WAIT -> ended ? number(turnaroundNs - thread.workNs()) : null;
            case STRETCH -> ended ? fraction(turnaroundNs, thread.workNs()) : null;
            case FIRST_RUN -> thread.firstRunNs() < 0 ? null : number(thread.firstRunNs() - thread.releasedNs());
            case SHARE -> fraction(thread.workNs(), result.workNs());
            default -> null;
        };
    }

    private static Found folded(Statistic.Fold fold, List<Found> each) {
        BigDecimal folded = null;
        for (Found one : each) {
            BigDecimal value = one.value();
            if (value == null) {
                return Found.NONE;
            }
            folded = folded == null ? value : fold(fold, folded, value);
        }
        if (fold == Statistic.Fold.MEAN && folded != null) {
            folded = folded.divide(number(each.size()), DIGITS);
        }
        return new Found(folded, "");
    }

    private static BigDecimal fold(Statistic.Fold fold, BigDecimal one, BigDecimal other) {
        return switch (fold) {
            case LEAST -> one.min(other);
            case MOST -> one.max(other);
            case EACH, MEAN, TOTAL -> one.add(other);
        };
    }

    // ---- labels, groups, the run --------------------------------------------------------------------------------

    private @Nullable BigDecimal ofLabel(String name, Statistic statistic) {
        for (LabelResult label : result.labels()) {
            if (label.label().equals(name)) {
                return ofLabel(label, statistic);
            }
        }
        return null;
    }

    private static @Nullable BigDecimal ofLabel(LabelResult label, Statistic statistic) {
        long count = label.times().count();
        long missed = label.misses() + label.overdue();
        return switch (statistic.quantity()) {
            case COUNT -> number(count);
            case MEAN ->
                count == 0 ? null : number(label.population().endedNs()).divide(number(count), DIGITS);
            case MIN -> count == 0 ? null : number(label.minNs());
            case MAX -> count == 0 ? null : number(label.times().maxNs());
            case PERCENTILE -> count == 0 ? null : percentile(label, statistic.argument());
            case ABOVE -> fraction(found(label.above(), tail -> tail.ns() == statistic.argument(), Tail::count), count);
            case IN_SYSTEM_JUST ->
                fraction(
                        found(label.crowds(), crowd -> crowd.number() == statistic.argument(), Crowd::ns),
                        label.population().spanNs());
            case RATE ->
                fraction(
                        Math.multiplyExact(count, 1_000_000_000L),
                        label.population().spanNs());
            case IN_SYSTEM ->
                fraction(label.population().areaNs(), label.population().spanNs());
            case MISSES -> number(missed);
            case MISS_SHARE -> fraction(missed, count + label.overdue());
            default -> null;
        };
    }

    private static @Nullable BigDecimal percentile(LabelResult label, long thousandths) {
        for (Percentile percentile : label.percentiles()) {
            if (percentile.thousandths() == thousandths) {
                return number(percentile.ns());
            }
        }
        return null;
    }

    /** What the workload wants to know is in the result. */
    private static <T> long found(List<T> asked, Predicate<T> which, ToLongFunction<T> value) {
        return asked.stream().filter(which).mapToLong(value).sum();
    }

    private @Nullable BigDecimal ofArrivals(String name, Quantity quantity) {
        for (ArrivalResult arrivals : result.arrivals()) {
            if (arrivals.name().equals(name)) {
                return switch (quantity) {
                    case ARRIVED -> number(arrivals.arrived());
                    case TURNED_AWAY -> number(arrivals.turnedAway());
                    default -> fraction(arrivals.turnedAway(), arrivals.arrived());
                };
            }
        }
        return null;
    }

    private @Nullable BigDecimal ofGroup(String name, Quantity quantity) {
        for (FairnessResult group : result.fairness()) {
            if (group.group().equals(name)) {
                return quantity == Quantity.FAIRNESS
                        ? number(group.jainMillionths())
                        : fraction(group.leastNs(), group.mostNs());
            }
        }
        return null;
    }

    private @Nullable BigDecimal ofRun(Quantity quantity) {
        CpuTimes cpus = result.cpus();
        return switch (quantity) {
            case ELAPSED -> number(result.elapsedNs());
            case UTILISATION -> fraction(cpus.userNs() + cpus.kernelWorkNs(), cpus.onNs());
            case IDLE -> number(cpus.idleNs());
            case RUN_WORK -> number(result.workNs());
            case RUN_SWITCHES -> number(result.switches().total());
            case RUN_MIGRATIONS -> number(result.switches().migrations());
            case RUN_MISSES ->
                number(result.labels().stream()
                        .mapToLong(label -> label.misses() + label.overdue())
                        .sum());
            default -> null;
        };
    }

    private static BigDecimal number(long value) {
        return BigDecimal.valueOf(value);
    }

    private static @Nullable BigDecimal fraction(long part, long whole) {
        return whole == 0 ? null : number(part).multiply(ONE).divide(number(whole), DIGITS);
    }
}
