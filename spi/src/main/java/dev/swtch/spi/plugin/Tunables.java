package dev.swtch.spi.plugin;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The values of a plugin's tunables for one run: every declared one, checked. */
public final class Tunables {
    private final SortedMap<String, Long> values;

    private Tunables(SortedMap<String, Long> values) {
        this.values = values;
    }

    /**
     * The declared defaults with some values replaced.
     *
     * @throws IllegalArgumentException if a name is not declared or a value is out of range
     */
    public static Tunables of(List<Tunable> declared, Map<String, Long> set) {
        SortedMap<String, Long> values = new TreeMap<>();
        for (Tunable tunable : declared) {
            long value = set.getOrDefault(tunable.name(), tunable.defaultValue());
            if (value < tunable.min() || value > tunable.max()) {
                throw new IllegalArgumentException(
                        tunable.name() + ": expected " + tunable.min() + " to " + tunable.max() + ", found " + value);
            }
            values.put(tunable.name(), value);
        }
        for (String name : set.keySet()) {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException("no tunable named '" + name + "'");
            }
        }
        return new Tunables(values);
    }

    /** The value of a declared tunable. */
    public long number(String name) {
        Long value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no tunable named '" + name + "'");
        }
        return value;
    }

    /** The value of a declared tunable that fits an int. */
    public int integer(String name) {
        return Math.toIntExact(number(name));
    }

    /** Whether a declared switch is on. */
    public boolean flag(String name) {
        return number(name) != 0;
    }
}
