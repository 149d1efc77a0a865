package dev.swtch.report;

import dev.swtch.engine.result.CostShare;
import dev.swtch.engine.result.RunResult;
import dev.swtch.machine.cost.Charge;
import dev.swtch.report.text.Cell;
import dev.swtch.report.text.Fixed;
import dev.swtch.report.text.Grid;
import dev.swtch.report.text.Ink;
import dev.swtch.report.text.Scale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The dearest entries of the cost model: what each came to and how often it was paid, by the first seed's run. */
final class CostRows {
    private static final int SHOWN = 8;

    private final List<ColumnRuns> columns;
    private final Grid grid;

    CostRows(List<ColumnRuns> columns, Grid grid) {
        this.columns = columns;
        this.grid = grid;
    }

    void write(boolean all) {
        List<Charge> charges = dearest();
        if (charges.isEmpty()) {
            return;
        }
        int shown = all ? charges.size() : Math.min(SHOWN, charges.size());
        String rest = shown < charges.size() ? " (-v shows " + (charges.size() - shown) + " more)" : "";
        grid.line("  kernel time by entry of the cost model, ms x count" + rest, Ink.PLAIN);
        for (Charge charge : charges.subList(0, shown)) {
            grid.row("    " + name(charge), "ms", cells(charge));
        }
    }

    /** An entry as it is written in a file of costs. */
    static String name(Charge charge) {
        return charge.name().toLowerCase(Locale.ROOT);
    }

    /** The entries paid in any column, by the most any column paid. */
    private List<Charge> dearest() {
        Map<Charge, Long> most = new EnumMap<>(Charge.class);
        for (ColumnRuns column : columns) {
            if (column.isComparable()) {
                for (CostShare share : column.first().costs()) {
                    most.merge(share.charge(), share.ns(), Math::max);
                }
            }
        }
        List<Charge> charges = new ArrayList<>(most.keySet());
        charges.removeIf(charge -> most.getOrDefault(charge, 0L) == 0);
        charges.sort(Comparator.comparing((Charge charge) -> most.getOrDefault(charge, 0L))
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        return charges;
    }

    private List<Cell> cells(Charge charge) {
        Scale ms = new Scale("ms", 1_000_000, 3);
        List<Cell> cells = new ArrayList<>();
        for (ColumnRuns column : columns) {
            if (column.isComparable()) {
                CostShare share = share(column.first(), charge);
                cells.add(Cell.of(ms.text(share.ns()), "x" + Fixed.whole(share.count())));
            } else {
                cells.add(Cell.of("-"));
            }
        }
        return cells;
    }

    private static CostShare share(RunResult run, Charge charge) {
        return run.costs().stream()
                .filter(share -> share.charge() == charge)
                .findFirst()
                .orElse(new CostShare(charge, 0, 0));
    }
}
