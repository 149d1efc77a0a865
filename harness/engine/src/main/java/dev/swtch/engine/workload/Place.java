package dev.swtch.engine.workload;

/**
 * A position in an input file.
 *
 * @param file name of the file as the user gave it
 * @param line line, from 1
 * @param column column in characters, from 1
 */
public record Place(String file, int line, int column) {
    /** The usual {@code file:line:column}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
