package dev.swtch.report;

import dev.swtch.engine.result.RunResult;
import dev.swtch.report.text.Scale;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * One number of a run that has a row of its own.
 *
 * @param label the row's label
 * @param kind what the number counts
 * @param optional whether the row is left out where every column has 0
 * @param value reads it
 */
record Metric(String label, Kind kind, boolean optional, ToLongFunction<RunResult> value) {
    /** What a number counts. */
    enum Kind {
        /** Nanoseconds. */
        TIME,
        /** Things. */
        COUNT,
        /** Tenths of a percent. */
        SHARE,
        /** Tenths per second. */
        RATE,
        /** Tenths of a nanosecond. */
        PRICE,
        /** Thousandths of a number. */
        THOUSANDTHS;

        Scale scale(Collection<Long> values) {
            return switch (this) {
                case TIME -> Scale.forTimes(values);
                case COUNT -> Scale.COUNT;
                case SHARE -> Scale.SHARE;
                case RATE -> Scale.RATE;
                case PRICE -> Scale.PRICE;
                case THOUSANDTHS -> Scale.THOUSANDTHS;
            };
        }
    }

    static Metric time(String label, ToLongFunction<RunResult> value) {
        return new Metric(label, Kind.TIME, false, value);
    }

    static Metric count(String label, ToLongFunction<RunResult> value) {
        return new Metric(label, Kind.COUNT, false, value);
    }

    static Metric share(String label, ToLongFunction<RunResult> value) {
        return new Metric(label, Kind.SHARE, false, value);
    }

    Metric ifAny() {
        return new Metric(label, kind, true, value);
    }

    /** The value in each run of a column. */
    List<Long> of(ColumnRuns column) {
        return column.runs().stream().map(value::applyAsLong).toList();
    }

    /** The median over a column's runs. */
    long median(ColumnRuns column) {
        return Spread.of(of(column)).median();
    }
}
