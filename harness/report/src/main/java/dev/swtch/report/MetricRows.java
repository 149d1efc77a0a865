package dev.swtch.report;

import dev.swtch.report.text.Cell;
import dev.swtch.report.text.Fixed;
import dev.swtch.report.text.Grid;
import dev.swtch.report.text.Scale;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes metrics as rows: values, the spread over seeds, and differences to a baseline. */
final class MetricRows {
    private static final Cell NONE = Cell.of("-");

    private final List<ColumnRuns> columns;
    private final @Nullable ColumnRuns baseline;
    private final Grid grid;

    MetricRows(List<ColumnRuns> columns, @Nullable ColumnRuns baseline, Grid grid) {
        this.columns = columns;
        this.baseline = baseline;
        this.grid = grid;
    }

    /** All rows of a section, or nothing if none has a number to show. */
    void section(Metrics.Section section) {
        List<Metric> shown = section.metrics().stream()
                .filter(metric -> !metric.optional() || isAnyNonZero(metric))
                .toList();
        if (shown.isEmpty()) {
            return;
        }
        if (section.title().startsWith(" ")) {
            grid.row(section.title(), "", List.of());
        } else {
            grid.section(section.title());
        }
        String indent = section.title().startsWith(" ") ? "    " : "  ";
        for (Metric metric : shown) {
            row(indent, metric);
        }
    }

    private boolean isAnyNonZero(Metric metric) {
        return columns.stream()
                .filter(ColumnRuns::isComparable)
                .anyMatch(column -> metric.of(column).stream().anyMatch(value -> value != 0));
    }

    private void row(String indent, Metric metric) {
        List<Long> medians = new ArrayList<>();
        for (ColumnRuns column : columns) {
            if (column.isComparable()) {
                medians.add(metric.median(column));
            }
        }
        Scale scale = metric.kind().scale(medians);
        grid.row(indent + metric.label(), scale.unit(), cells(column -> value(metric, column, scale)));
        if (columns.stream().anyMatch(column -> column.isComparable() && !isConstant(metric, column))) {
            grid.faintRow("", "", cells(column -> range(metric, column, scale)));
        }
        ColumnRuns base = baseline;
        if (base != null && base.isComparable() && base.runs().size() > 1 && isAnyDifferent(metric, base)) {
            grid.faintRow("", "", cells(column -> pairedDifference(metric, column, base, scale)));
        }
    }

    private boolean isAnyDifferent(Metric metric, ColumnRuns base) {
        List<Long> values = metric.of(base);
        return columns.stream()
                .anyMatch(column -> column.isComparable() && !metric.of(column).equals(values));
    }

    private interface Maker {
        Cell of(ColumnRuns column);
    }

    private List<Cell> cells(Maker maker) {
        List<Cell> cells = new ArrayList<>();
        for (ColumnRuns column : columns) {
            cells.add(column.isComparable() ? maker.of(column) : NONE);
        }
        return cells;
    }

    private static boolean isConstant(Metric metric, ColumnRuns column) {
        return Spread.of(metric.of(column)).isConstant();
    }

    private Cell value(Metric metric, ColumnRuns column, Scale scale) {
        long value = metric.median(column);
        boolean single = column.runs().size() == 1;
        if (!single || baseline == null || column.name().equals(baseline.name()) || !baseline.isComparable()) {
            return Cell.of(scale.text(value));
        }
        return Cell.of(scale.text(value), difference(metric, value, metric.median(baseline)));
    }

    private static Cell range(Metric metric, ColumnRuns column, Scale scale) {
        Spread spread = Spread.of(metric.of(column));
        return Cell.of("[" + scale.text(spread.min()) + ".." + scale.text(spread.max()) + "]");
    }

    private static Cell pairedDifference(Metric metric, ColumnRuns column, ColumnRuns baseline, Scale scale) {
        if (column.name().equals(baseline.name())) {
            return Cell.of("");
        }
        Spread spread = Spread.ofDifferences(metric.of(column), metric.of(baseline));
        if (!spread.isDifferent()) {
            return Cell.of("no difference");
        }
        return Cell.of(signed(scale, spread.median()) + " [" + signed(scale, spread.low()) + ".."
                + signed(scale, spread.high()) + "]");
    }

    private static String signed(Scale scale, long value) {
        return (value > 0 ? "+" : "") + scale.text(value);
    }

    /** The difference beside a number: percent, points for shares, a factor where percent would be long. */
    static String difference(Metric metric, long value, long base) {
        if (value == base) {
            return "=";
        }
        if (metric.kind() == Metric.Kind.SHARE) {
            return signed(Scale.SHARE, value - base) + "pt";
        }
        if (base == 0) {
            return "";
        }
        if (value / 3 >= base) {
            return "x" + Fixed.of(value, base, value / 10 >= base ? 0 : 1);
        }
        return signed(Scale.SHARE, Fixed.scaled(value - base, 1_000, base)) + "%";
    }
}
