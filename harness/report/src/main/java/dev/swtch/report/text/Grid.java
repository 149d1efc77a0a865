package dev.swtch.report.text;

import java.util.ArrayList;
import java.util.List;

/** Rows of a label, a unit and one cell per column, aligned with each other, with headings and free lines between. */
public final class Grid {
    private static final int GAP = 2;

    private final boolean colour;
    private final List<Line> lines = new ArrayList<>();

    /** An empty grid, with or without colour. */
    public Grid(boolean colour) {
        this.colour = colour;
    }

    private sealed interface Line permits Row, Free {}

    private record Row(String label, String unit, List<Cell> cells, Ink ink) implements Line {}

    private record Free(String text, Ink ink) implements Line {}

    /** A row of cells. */
    public void row(String label, String unit, List<Cell> cells) {
        lines.add(new Row(label, unit, List.copyOf(cells), Ink.PLAIN));
    }

    /** A row of cells that is secondary. */
    public void faintRow(String label, String unit, List<Cell> cells) {
        lines.add(new Row(label, unit, List.copyOf(cells), Ink.FAINT));
    }

    /** A heading after an empty line. */
    public void section(String title) {
        lines.add(new Free("", Ink.PLAIN));
        lines.add(new Free(title, Ink.STRONG));
    }

    /** A heading with column titles of its own, after an empty line. */
    public void section(String title, List<Cell> cells) {
        lines.add(new Free("", Ink.PLAIN));
        lines.add(new Row(title, "", List.copyOf(cells), Ink.STRONG));
    }

    /** A line that ignores the columns. */
    public void line(String text, Ink ink) {
        lines.add(new Free(text, ink));
    }

    /** An empty line. */
    public void gap() {
        lines.add(new Free("", Ink.PLAIN));
    }

    /** All lines, each ended by a line feed, none by blanks. */
    public String text() {
        int label = 0;
        int unit = 0;
        List<int[]> widths = new ArrayList<>();
        for (Line line : lines) {
            if (line instanceof Row row) {
                label = Math.max(label, row.label.length());
                unit = Math.max(unit, row.unit.length());
                measure(row.cells, widths);
            }
        }
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            if (line instanceof Row row) {
                text.append(written(row, label, unit, widths).stripTrailing());
            } else if (line instanceof Free free) {
                text.append(free.ink.on(free.text, colour));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void measure(List<Cell> cells, List<int[]> widths) {
        for (int i = 0; i < cells.size(); i++) {
            if (i == widths.size()) {
                widths.add(new int[2]);
            }
            int[] width = widths.get(i);
            Cell cell = cells.get(i);
            width[1] = Math.max(width[1], cell.side().length());
            width[0] = Math.max(width[0], cell.value().length());
        }
    }

    private String written(Row row, int label, int unit, List<int[]> widths) {
        Ink first = row.ink;
        StringBuilder text = new StringBuilder(first.on(row.label, colour));
        text.append(" ".repeat(label - row.label.length() + 1));
        text.append(Ink.FAINT.on(row.unit, colour)).append(" ".repeat(unit - row.unit.length()));
        for (int i = 0; i < row.cells.size(); i++) {
            Cell cell = row.cells.get(i);
            int[] width = widths.get(i);
            Ink ink = cell.ink() == Ink.PLAIN ? row.ink : cell.ink();
            text.append(" ".repeat(GAP + width[0] - cell.value().length()));
            text.append(ink.on(cell.value(), colour));
            if (width[1] > 0) {
                text.append(" ".repeat(1 + width[1] - cell.side().length()));
                text.append(Ink.FAINT.on(cell.side(), colour));
            }
        }
        return text.toString();
    }
}
