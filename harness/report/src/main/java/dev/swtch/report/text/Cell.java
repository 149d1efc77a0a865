package dev.swtch.report.text;

/**
 * One cell of a grid.
 *
 * @param value right-aligned text
 * @param side right-aligned text beside it, may be empty
 * @param ink emphasis of the value
 */
public record Cell(String value, String side, Ink ink) {
    /** A plain value. */
    public static Cell of(String value) {
        return new Cell(value, "", Ink.PLAIN);
    }

    /** A value with something beside it. */
    public static Cell of(String value, String side) {
        return new Cell(value, side, Ink.PLAIN);
    }

    /** A value with emphasis. */
    public static Cell inked(String value, Ink ink) {
        return new Cell(value, "", ink);
    }
}
