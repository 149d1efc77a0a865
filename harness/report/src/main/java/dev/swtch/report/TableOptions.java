package dev.swtch.report;

import org.jspecify.annotations.Nullable;

/**
 * How to write a comparison.
 *
 * @param baseline name of the column to which the others are compared; null for none
 * @param verbose whether to show threads, means, and what is of interest only now and then
 * @param colour whether to use ANSI colours
 */
public record TableOptions(@Nullable String baseline, boolean verbose, boolean colour) {
    /** No baseline, nothing extra, no colour. */
    public static TableOptions plain() {
        return new TableOptions(null, false, false);
    }
}
