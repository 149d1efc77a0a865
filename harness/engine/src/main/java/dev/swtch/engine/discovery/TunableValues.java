package dev.swtch.engine.discovery;

import dev.swtch.engine.workload.Times;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.Tunable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads settings of schedulers: {@code ule.preempt_thresh=0}. */
public final class TunableValues {
    private static final String FORM = "SCHEDULER.TUNABLE=VALUE";

    private TunableValues() {}

    /**
     * Reads settings that name their scheduler.
     *
     * @return for each scheduler that was named, its settings; of two for the same tunable the later one
     */
    public static Map<String, SortedMap<String, Long>> parse(List<String> settings, Plugins plugins) {
        Map<String, SortedMap<String, Long>> values = new TreeMap<>();
        for (String setting : settings) {
            int point = setting.indexOf('.');
            int equals = setting.indexOf('=');
            if (point < 1 || equals < point + 2) {
                throw new BadChoiceException("--set: expected " + FORM + ", found '" + setting + "'");
            }
            FoundPlugin plugin = plugins.get(setting.substring(0, point));
            put(
                    values.computeIfAbsent(plugin.id(), id -> new TreeMap<>()),
                    plugin.descriptor(),
                    setting.substring(point + 1));
        }
        return values;
    }

    /** Reads {@code TUNABLE=VALUE} of a known scheduler into a map. */
    static void put(SortedMap<String, Long> values, PluginDescriptor plugin, String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw new BadChoiceException(plugin.id() + ": expected TUNABLE=VALUE, found '" + setting + "'");
        }
        Tunable tunable = tunable(plugin, setting.substring(0, equals));
        values.put(tunable.name(), value(plugin.id() + "." + tunable.name(), tunable, setting.substring(equals + 1)));
    }

    private static Tunable tunable(PluginDescriptor plugin, String name) {
        for (Tunable tunable : plugin.tunables()) {
            if (tunable.name().equals(name)) {
                return tunable;
            }
        }
        throw BadChoiceException.unknown(
                "tunable of " + plugin.id(),
                name,
                plugin.tunables().stream().map(Tunable::name).toList());
    }

    private static long value(String name, Tunable tunable, String text) {
        if (!tunable.choices().isEmpty()) {
            int choice = tunable.choices().indexOf(text);
            if (choice < 0) {
                throw BadChoiceException.unknown("value of " + name, text, tunable.choices());
            }
            return choice;
        }
        long value;
        try {
            value = number(tunable, text);
        } catch (IllegalArgumentException notANumber) {
            throw new BadChoiceException(name + ": expected " + range(tunable) + ", found '" + text + "'");
        }
        if (value < tunable.min() || value > tunable.max()) {
            throw new BadChoiceException(name + ": expected " + range(tunable) + ", found " + value);
        }
        return value;
    }

    private static long number(Tunable tunable, String text) {
        if (tunable.min() == 0 && tunable.max() == 1) {
            if (text.equals("on") || text.equals("true")) {
                return 1;
            }
            if (text.equals("off") || text.equals("false")) {
                return 0;
            }
        }
        boolean span =
                tunable.unit().equals("ns") && !text.isEmpty() && Character.isLetter(text.charAt(text.length() - 1));
        return span ? Times.parseNs(text) : Long.parseLong(text);
    }

    /**
     * Whether an item such as {@code rr:quantum=4ms} means a scheduler with its settings; what it does not name may be set
     * to anything.
     *
     * @param tunables settings that differ from the scheduler's defaults
     */
    public static boolean mean(String item, PluginDescriptor plugin, Map<String, Long> tunables) {
        String[] parts = item.strip().split(":", -1);
        SortedMap<String, Long> wanted = new TreeMap<>();
        try {
            for (int i = 1; i < parts.length; i++) {
                put(wanted, plugin, parts[i]);
            }
        } catch (BadChoiceException ofAnotherScheduler) {
            return false;
        }
        return parts[0].equals(plugin.id())
                && plugin.tunables().stream()
                        .allMatch(tunable -> !wanted.containsKey(tunable.name())
                                || wanted.get(tunable.name())
                                        .equals(tunables.getOrDefault(tunable.name(), tunable.defaultValue())));
    }

    /** Settings of a scheduler as the user writes them: {@code usched=bsd4}. */
    public static List<String> text(PluginDescriptor plugin, Map<String, Long> values) {
        return plugin.tunables().stream()
                .filter(tunable -> values.containsKey(tunable.name()))
                .sorted(Comparator.comparing(Tunable::name))
                .map(tunable -> tunable.name() + "="
                        + tunable.text(values.getOrDefault(tunable.name(), tunable.defaultValue())))
                .toList();
    }

    /** The values a tunable takes, for people: {@code 0 to 255 (priority)}. */
    public static String range(Tunable tunable) {
        if (!tunable.choices().isEmpty()) {
            return String.join(" or ", tunable.choices());
        }
        if (tunable.min() == 0 && tunable.max() == 1) {
            return "0 or 1";
        }
        return tunable.min() + " to " + tunable.max() + (tunable.unit().isEmpty() ? "" : " (" + tunable.unit() + ")");
    }
}
