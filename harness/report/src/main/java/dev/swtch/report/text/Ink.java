package dev.swtch.report.text;

/** Emphasis by ANSI colours where they are wanted, by nothing else where they are not. */
public enum Ink {
    /** No emphasis. */
    PLAIN(""),
    /** Headings. */
    STRONG("1"),
    /** What is secondary: units, spreads, differences. */
    FAINT("2"),
    /** Something the reader must not miss. */
    ALARM("1;31"),
    /** Something unusual. */
    NOTICE("33");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    /** The text, emphasised if colours are on. */
    public String on(String text, boolean colour) {
        return !colour || code.isEmpty() || text.isBlank() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
