package dev.swtch.spi.plugin;

import java.util.List;

/**
 * A named number a user may set for one scheduler: {@code --set ule.preempt_thresh=0}.
 *
 * @param name the kernel's own name, lower case, digits, underscores
 * @param defaultValue value when the user says nothing
 * @param min smallest value allowed
 * @param max largest value allowed
 * @param unit what one is: {@code stat ticks}, {@code ns}, {@code priority}; empty for switches and counts
 * @param about one sentence that tells what it changes
 * @param choices what the user writes for 0, 1 and so on; empty for a number
 */
public record Tunable(
        String name, long defaultValue, long min, long max, String unit, String about, List<String> choices) {
    /** Checks the range. */
    public Tunable {
        choices = List.copyOf(choices);
        if (!name.matches("[a-z][a-z0-9_.]*")) {
            throw new IllegalArgumentException("a tunable's name is lower case: '" + name + "'");
        }
        if (min > max || defaultValue < min || defaultValue > max) {
            throw new IllegalArgumentException(name + ": the default lies outside its range");
        }
    }

    /** A switch: 0 or 1. */
    public static Tunable flag(String name, boolean on, String about) {
        return new Tunable(name, on ? 1 : 0, 0, 1, "", about, List.of());
    }

    /** A number with a range and a unit. */
    public static Tunable number(String name, long value, long min, long max, String unit, String about) {
        return new Tunable(name, value, min, max, unit, about, List.of());
    }

    /** One of several names, the first by default: {@code --set lwkt.usched=bsd4}. Its value is the name's position. */
    public static Tunable choice(String name, String about, String... choices) {
        return new Tunable(name, 0, 0, choices.length - 1, "", about, List.of(choices));
    }

    /** A value of this tunable as the user writes it. */
    public String text(long value) {
        return choices.isEmpty() ? Long.toString(value) : choices.get(Math.toIntExact(value));
    }
}
