package dev.swtch.spi.plugin;

/**
 * A named number a user may set for one scheduler: {@code --set ule.preempt_thresh=0}.
 *
 * @param name the kernel's own name, lower case, digits, underscores
 * @param defaultValue value when the user says nothing
 * @param min smallest value allowed
 * @param max largest value allowed
 * @param unit what one is: {@code stat ticks}, {@code ns}, {@code priority}; empty for switches and counts
 * @param about one sentence that tells what it changes
 */
public record Tunable(String name, long defaultValue, long min, long max, String unit, String about) {
    /** Checks the range. */
    public Tunable {
        if (!name.matches("[a-z][a-z0-9_.]*")) {
            throw new IllegalArgumentException("a tunable's name is lower case: '" + name + "'");
        }
        if (min > max || defaultValue < min || defaultValue > max) {
            throw new IllegalArgumentException(name + ": the default lies outside its range");
        }
    }

    /** A switch: 0 or 1. */
    public static Tunable flag(String name, boolean on, String about) {
        return new Tunable(name, on ? 1 : 0, 0, 1, "", about);
    }

    /** A number with a range and a unit. */
    public static Tunable number(String name, long value, long min, long max, String unit, String about) {
        return new Tunable(name, value, min, max, unit, about);
    }
}
