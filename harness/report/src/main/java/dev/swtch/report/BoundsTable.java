package dev.swtch.report;

import dev.swtch.engine.result.LabelResult;
import dev.swtch.engine.result.Latencies;
import dev.swtch.engine.result.RunResult;
import dev.swtch.report.fluid.FluidResult;
import dev.swtch.report.text.Cell;
import dev.swtch.report.text.Grid;
import dev.swtch.report.text.Paragraph;
import dev.swtch.report.text.Scale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A row for each scheduler, each bound and each fluid, with the few numbers that all of them have. */
final class BoundsTable {
    private static final int LABELS = 3;
    private static final String WORK = "work done";
    private static final String ELAPSED = "elapsed";
    private static final String READY = "ready in all";

    private final Map<String, Map<String, Long>> rows = new LinkedHashMap<>();
    private final List<String> titles = new ArrayList<>(List.of(WORK, ELAPSED, READY));

    private BoundsTable(List<String> labels) {
        labels.stream().limit(LABELS).forEach(label -> titles.add(mean(label)));
    }

    /** The table and what to know about it. */
    static String text(Comparison comparison, boolean colour) {
        Bounds bounds = comparison.bounds();
        List<RunResult> runs = new ArrayList<>();
        comparison.comparable().forEach(column -> runs.add(column.first()));
        runs.addAll(bounds.comparable());
        List<String> labels = runs.isEmpty()
                ? List.of()
                : runs.get(0).labels().stream().map(LabelResult::label).toList();
        BoundsTable table = new BoundsTable(labels);
        runs.forEach(run -> table.rows.put(run.column(), values(run)));
        bounds.fluid().forEach(fluid -> table.rows.put(fluid.rule().title(), values(fluid)));
        String about = bounds.whyNoFluid().isEmpty()
                ? "Processor sharing and fair share are computed from the workload: all threads at once, no costs."
                : "Processor sharing and fair share are not computed: " + bounds.whyNoFluid() + ".";
        return table.grid(colour) + Paragraph.wrap("Rows are of the first seed. " + about, "  ", "  ") + "\n";
    }

    private static String mean(String label) {
        return label + ", mean";
    }

    private static Map<String, Long> values(RunResult run) {
        Map<String, Long> values = new LinkedHashMap<>();
        Latencies wait = run.latencies();
        values.put(WORK, run.workNs());
        values.put(ELAPSED, run.elapsedNs());
        values.put(READY, wait.runQueueNs() + wait.userQueueNs() + wait.lockNs() + wait.preemptedNs());
        for (LabelResult label : run.labels()) {
            if (label.times().count() > 0) {
                values.put(mean(label.label()), label.times().meanNs());
            }
        }
        return values;
    }

    private static Map<String, Long> values(FluidResult fluid) {
        Map<String, Long> values = new LinkedHashMap<>();
        values.put(WORK, fluid.workNs());
        values.put(ELAPSED, fluid.elapsedNs());
        for (FluidResult.LabelMean label : fluid.labels()) {
            if (label.count() > 0) {
                values.put(mean(label.label()), label.meanNs());
            }
        }
        return values;
    }

    private String grid(boolean colour) {
        Grid grid = new Grid(colour);
        grid.section("bounds", titles.stream().map(Cell::of).toList());
        List<Scale> scales = titles.stream()
                .map(title -> Scale.forTimes(rows.values().stream()
                        .map(row -> row.get(title))
                        .filter(Objects::nonNull)
                        .toList()))
                .toList();
        grid.faintRow(
                "", "", scales.stream().map(scale -> Cell.of(scale.unit())).toList());
        rows.forEach((name, row) -> {
            List<Cell> cells = new ArrayList<>();
            for (int i = 0; i < titles.size(); i++) {
                Long value = row.get(titles.get(i));
                cells.add(Cell.of(value == null ? "-" : scales.get(i).text(value)));
            }
            grid.row("  " + name, "", cells);
        });
        return grid.text();
    }
}
