package dev.swtch.engine.discovery;

import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Workload;
import dev.swtch.spi.plugin.PluginKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a choice of schedulers: {@code lwkt,ule,ule:preempt_thresh=0:steal_idle=0}. Each item is a column, named by
 * what differs: settings that all columns of a scheduler share are not part of the name.
 */
public final class Columns {
    private static final String FORM = "ID or ID:TUNABLE=VALUE[:TUNABLE=VALUE...], separated by commas";

    /** The choice of every scheduler there is, textbook ones included. */
    private static final String ALL = "all";

    private Columns() {}

    /** One column for each scheduler of a kernel, or for every scheduler if none models a kernel. */
    public static List<Column> byDefault(Plugins plugins, Map<String, SortedMap<String, Long>> settings) {
        List<String> kernels = plugins.all().stream()
                .filter(plugin -> plugin.descriptor().kind() == PluginKind.KERNEL)
                .map(FoundPlugin::id)
                .toList();
        return parse(String.join(",", kernels.isEmpty() ? plugins.ids() : kernels), plugins, settings);
    }

    /** One column for each textbook policy and bound that is not among some columns already. */
    public static List<Column> bounds(Plugins plugins, List<Column> columns) {
        List<FoundPlugin> others = plugins.all().stream()
                .filter(plugin -> plugin.descriptor().kind() != PluginKind.KERNEL)
                .filter(plugin -> columns.stream()
                        .noneMatch(column -> column.plugin().id().equals(plugin.id())))
                .toList();
        return named(others, others.stream().map(plugin -> noSettings()).toList(), Collections.emptyMap());
    }

    /** What is wrong with the schedulers that a workload expects something of; one that is not there may be elsewhere. */
    public static List<Diagnostic> doubts(Workload workload, Plugins plugins) {
        List<Diagnostic> doubts = new ArrayList<>();
        for (Expectation expected : workload.goals().expectations()) {
            for (String policy : expected.policies()) {
                try {
                    parse(policy, plugins, Collections.emptyMap());
                } catch (BadChoiceException unknown) {
                    doubts.add(Diagnostic.at(expected.place(), "policy: " + unknown.getMessage()));
                }
            }
        }
        return doubts;
    }

    private static SortedMap<String, Long> noSettings() {
        return new TreeMap<>();
    }

    /**
     * The columns a choice names, in its order.
     *
     * @param text items separated by commas
     * @param plugins the schedulers there are
     * @param settings settings for all columns of a scheduler; those of an item come before them
     */
    public static List<Column> parse(String text, Plugins plugins, Map<String, SortedMap<String, Long>> settings) {
        List<FoundPlugin> chosen = new ArrayList<>();
        List<SortedMap<String, Long>> own = new ArrayList<>();
        for (String item : items(text, plugins)) {
            String[] parts = item.strip().split(":", -1);
            if (parts[0].isEmpty()) {
                throw new BadChoiceException("--schedulers: expected " + FORM + ", found '" + text + "'");
            }
            FoundPlugin plugin = plugins.get(parts[0]);
            SortedMap<String, Long> values = new TreeMap<>();
            for (int i = 1; i < parts.length; i++) {
                TunableValues.put(values, plugin.descriptor(), parts[i]);
            }
            chosen.add(plugin);
            own.add(values);
        }
        return named(chosen, own, settings);
    }

    private static List<String> items(String text, Plugins plugins) {
        List<String> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            if (item.strip().equals(ALL)) {
                items.addAll(plugins.ids());
            } else {
                items.add(item);
            }
        }
        return items;
    }

    private static List<Column> named(
            List<FoundPlugin> chosen,
            List<SortedMap<String, Long>> own,
            Map<String, SortedMap<String, Long>> settings) {
        List<Column> columns = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < chosen.size(); i++) {
            FoundPlugin plugin = chosen.get(i);
            String name = name(plugin, own.get(i), sharedBy(plugin.id(), chosen, own));
            String unique = name;
            for (int n = 2; !names.add(unique); n++) {
                unique = name + "#" + n;
            }
            SortedMap<String, Long> values = new TreeMap<>(settings.getOrDefault(plugin.id(), new TreeMap<>()));
            values.putAll(own.get(i));
            plugin.descriptor().tunables().forEach(tunable -> values.remove(tunable.name(), tunable.defaultValue()));
            columns.add(new Column(unique, plugin, values));
        }
        return columns;
    }

    private static String name(FoundPlugin plugin, SortedMap<String, Long> own, Set<String> shared) {
        SortedMap<String, Long> differing = new TreeMap<>(own);
        differing.keySet().removeAll(shared);
        return new Column(plugin.id(), plugin, differing).spec();
    }

    /** The settings that each of several columns of a scheduler has; none if it has one column only. */
    private static Set<String> sharedBy(String id, List<FoundPlugin> chosen, List<SortedMap<String, Long>> own) {
        List<SortedMap<String, Long>> group = new ArrayList<>();
        for (int i = 0; i < chosen.size(); i++) {
            if (chosen.get(i).id().equals(id)) {
                group.add(own.get(i));
            }
        }
        Set<String> shared = new LinkedHashSet<>();
        if (group.size() > 1) {
            shared.addAll(group.get(0).keySet());
            for (Iterator<String> names = shared.iterator(); names.hasNext(); ) {
                String name = names.next();
                Long value = group.get(0).get(name);
                if (!group.stream().allMatch(values -> Objects.equals(values.get(name), value))) {
                    names.remove();
                }
            }
        }
        return shared;
    }
}
