package dev.swtch.report;

import dev.swtch.engine.discovery.TunableValues;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.workload.Times;
import dev.swtch.report.text.Cell;
import dev.swtch.report.text.Fixed;
import dev.swtch.report.text.Grid;
import dev.swtch.report.text.Ink;
import dev.swtch.report.text.Paragraph;
import dev.swtch.report.text.Scale;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a comparison as text: what was run, one column per scheduler headed by its lineage, the numbers that compare,
 * what to look at, and apart from all that each scheduler's own counters.
 */
public final class ComparisonTable {
    private static final int WAITERS = 8;

    private final Comparison comparison;
    private final TableOptions options;
    private final @Nullable ColumnRuns baseline;
    private final List<ColumnRuns> shown;
    private final StringBuilder text = new StringBuilder();

    private ComparisonTable(Comparison comparison, TableOptions options) {
        this.comparison = comparison;
        this.options = options;
        shown = comparison.shown();
        baseline = shown.stream()
                .filter(column -> column.name().equals(options.baseline()))
                .findFirst()
                .orElse(null);
    }

    /** A comparison as text. */
    public static String text(Comparison comparison, TableOptions options) {
        ComparisonTable table = new ComparisonTable(comparison, options);
        table.heading();
        table.leftOut();
        if (!table.shown.isEmpty()) {
            table.body();
        }
        return table.text.toString();
    }

    private void heading() {
        Comparison.Setup setup = comparison.setup();
        line(Ink.STRONG.on(setup.workload(), options.colour()) + (setup.about().isEmpty() ? "" : ": " + setup.about()));
        line(setup.machine() + ", " + Times.format(setup.durationNs()) + " simulated, " + warmup()
                + seeds(setup.seeds()) + ", " + setup.costs() + " costs" + (setup.checks() ? "" : ", unchecked"));
        text.append('\n');
        int width =
                shown.stream().mapToInt(column -> column.name().length()).max().orElse(0);
        for (ColumnRuns column : shown) {
            String name = column.name() + " ".repeat(width - column.name().length());
            String indent = " ".repeat(width + 2);
            line(Ink.STRONG.on(name, options.colour()) + "  " + column.plugin().title());
            faint(Paragraph.wrap(column.plugin().lineage(), indent, indent));
            if (!column.tunables().isEmpty()) {
                List<String> settings = TunableValues.text(column.plugin(), column.tunables());
                line(Paragraph.wrap("with " + String.join(", ", settings), indent, indent));
            }
        }
    }

    private String warmup() {
        long warmupNs = shown.stream()
                .mapToLong(column -> column.first().warmupNs())
                .max()
                .orElse(0);
        return warmupNs == 0 ? "" : "measured from " + Times.format(warmupNs) + " on, ";
    }

    private static String seeds(List<Long> seeds) {
        return seeds.size() == 1
                ? "seed " + seeds.get(0)
                : seeds.size() + " seeds (" + seeds.get(0) + " to " + seeds.get(seeds.size() - 1) + ")";
    }

    private void leftOut() {
        for (ColumnRuns column : comparison.columns()) {
            for (RunResult run : column.runs()) {
                if (run.outcome() == Outcome.EXCLUDED) {
                    line(Ink.NOTICE.on("left out: " + column.name(), options.colour()) + ", because "
                            + run.excludedBecause());
                    break;
                }
            }
        }
    }

    private void body() {
        Grid grid = new Grid(options.colour());
        grid.section(
                "",
                shown.stream()
                        .map(column -> Cell.inked(column.name(), Ink.STRONG))
                        .toList());
        grid.row("outcome", "", shown.stream().map(ComparisonTable::outcome).toList());
        if (!comparison.comparable().isEmpty()) {
            measured(grid);
        }
        text.append(grid.text());
        afterTable();
    }

    private void measured(Grid grid) {
        MetricRows rows = new MetricRows(shown, baseline, grid);
        Metrics.all(options.verbose()).forEach(section -> {
            rows.section(section);
            if (section.title().equals("CPU time")) {
                rows.section(IdleText.rows(shown));
            }
            if (section.title().equals("kernel")) {
                new CostRows(shown, grid).write(options.verbose());
            }
        });
        AskedRows.sections(shown.get(0).first(), options.verbose()).forEach(rows::section);
    }

    private void afterTable() {
        text.append('\n');
        spreads();
        comparison.comparable().forEach(this::waiters);
        for (ColumnRuns column : comparison.comparable()) {
            String waited = IdleText.waiters(column);
            if (!waited.isEmpty()) {
                line(Paragraph.wrap(waited, "", "  "));
            }
        }
        if (!comparison.comparable().isEmpty()) {
            String identical = IdenticalWork.describe(
                    comparison.comparable().stream().map(ColumnRuns::first).toList());
            line(Paragraph.wrap(identical, "", "  "));
        }
        notes();
        section("What to look at");
        for (String sentence : WhatToLookAt.sentences(comparison, baseline)) {
            line(Paragraph.wrap(sentence, "  - ", "    "));
        }
        if (!comparison.bounds().isEmpty()) {
            text.append(BoundsTable.text(comparison, options.colour()));
        }
        if (options.verbose()) {
            means();
            text.append(ThreadTables.text(shown, options.colour()));
        }
        text.append(OwnCounters.text(shown, options.verbose(), options.colour()));
    }

    private static Cell outcome(ColumnRuns column) {
        if (column.any(Outcome.PANIC)) {
            return Cell.inked("panic", Ink.ALARM);
        }
        return column.any(Outcome.STALLED) ? Cell.inked("stalled", Ink.NOTICE) : Cell.of("done");
    }

    /** Says how far the numbers can be trusted. */
    private void spreads() {
        int seeds = comparison.setup().seeds().size();
        if (seeds == 1) {
            if (shown.size() > 1) {
                faint("One seed: differences have no spread here; --seeds 10 shows it.");
            }
            return;
        }
        String paired = baseline == null
                ? ""
                : " Third line: median of the paired differences to " + baseline.name() + " and "
                        + (seeds >= Spread.ENOUGH
                                ? "its 95 % interval (sign test)."
                                : "their range (" + Spread.ENOUGH + " seeds or more give a 95 % interval).");
        String apart = " Entries of the cost model, threads and own counters are those of seed "
                + comparison.setup().seeds().get(0) + ".";
        String sentence = "Median of " + seeds + " seeds; below it [smallest..largest] where they differ.";
        faint(Paragraph.wrap(sentence + paired + apart, "", ""));
    }

    private void faint(String lines) {
        for (String each : lines.split("\n", -1)) {
            line(Ink.FAINT.on(each, options.colour()));
        }
    }

    private void waiters(ColumnRuns column) {
        RunResult run = column.first();
        if (run.outcome() != Outcome.STALLED) {
            return;
        }
        line(Ink.NOTICE.on(column.name() + " stalled", options.colour()) + " at "
                + Scale.forTimes(List.of(run.elapsedNs())).withUnit(run.elapsedNs()) + ":");
        List<ThreadResult> waiting = run.threads().stream()
                .filter(thread -> !thread.waitsFor().isEmpty())
                .toList();
        for (ThreadResult thread : waiting.subList(0, Math.min(WAITERS, waiting.size()))) {
            line("  " + thread.path() + " waits for " + thread.waitsFor());
        }
        if (waiting.size() > WAITERS) {
            line("  and " + Fixed.whole(waiting.size() - WAITERS) + " more");
        }
    }

    private void notes() {
        for (ColumnRuns column : shown) {
            for (String note : column.first().notes()) {
                line(Paragraph.wrap("note on " + column.name() + ": " + note, "", "  "));
            }
        }
    }

    private void means() {
        Set<String> described = new LinkedHashSet<>();
        for (ColumnRuns column : shown) {
            if (described.add(column.plugin().id()) && !column.plugin().means().isEmpty()) {
                section("how " + column.plugin().id() + " serves the workload");
                column.plugin()
                        .means()
                        .forEach(means -> line(Paragraph.wrap(means.need() + ": " + means.means(), "  ", "      ")));
            }
        }
    }

    private void section(String title) {
        text.append('\n').append(Ink.STRONG.on(title, options.colour())).append('\n');
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
