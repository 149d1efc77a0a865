package dev.swtch.engine.trace.text;

/** A scheduler event that cannot be read; carries what the message needs to the one who knows file and line. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    final int column;
    final String expected;
    final String found;

    /**
     * What is wrong where.
     *
     * @param column column in the line, from 1
     */
    Malformed(int column, String expected, String found) {
        super(expected);
        this.column = column;
        this.expected = expected;
        this.found = found;
    }
}
