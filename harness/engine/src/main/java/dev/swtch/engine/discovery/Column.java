package dev.swtch.engine.discovery;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One column of a comparison: a scheduler with its settings.
 *
 * @param name unique among the columns, made of what differs
 * @param plugin the scheduler
 * @param tunables settings that differ from its defaults, by name
 */
public record Column(String name, FoundPlugin plugin, SortedMap<String, Long> tunables) {
    /** Keeps the map unmodifiable. */
    public Column {
        tunables = Collections.unmodifiableSortedMap(new TreeMap<>(tunables));
    }

    /** The item of {@code --schedulers} that makes this column: {@code ule:preempt_thresh=0:steal_idle=0}. */
    public String spec() {
        StringBuilder text = new StringBuilder(plugin.id());
        TunableValues.text(plugin.descriptor(), tunables)
                .forEach(setting -> text.append(':').append(setting));
        return text.toString();
    }
}
