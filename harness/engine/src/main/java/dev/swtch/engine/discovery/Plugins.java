package dev.swtch.engine.discovery;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The schedulers there are, by id. */
public final class Plugins {
    private final SortedMap<String, FoundPlugin> byId;

    private Plugins(SortedMap<String, FoundPlugin> byId) {
        this.byId = byId;
    }

    /**
     * Finds the plugins of the class path and those of a folder of jars.
     *
     * @param harness loader of the class path
     * @param folder folder of jars, each loaded on its own; null if there is none
     * @param replace whether a plugin of the folder takes the place of one of the class path with the same id
     * @throws BadChoiceException if there is no plugin, one cannot be loaded, or an id comes from two places
     */
    public static Plugins find(ClassLoader harness, @Nullable Path folder, boolean replace) {
        List<FoundPlugin> bundled = PluginSearch.onClassPath(harness);
        SortedMap<String, FoundPlugin> byId = unique(bundled);
        if (folder != null) {
            SortedMap<String, FoundPlugin> added = unique(PluginSearch.inFolder(folder, harness));
            for (FoundPlugin plugin : added.values()) {
                FoundPlugin other = byId.put(plugin.id(), plugin);
                if (other != null && !replace) {
                    throw twice(other, plugin, "; --replace takes the one of --plugin-path");
                }
            }
        }
        if (byId.isEmpty()) {
            throw new BadChoiceException(
                    "no scheduler found, neither on the class path nor by --plugin-path: expected a jar that lists one"
                            + " in META-INF/services");
        }
        return new Plugins(byId);
    }

    /** All plugins, sorted by id. */
    public Collection<FoundPlugin> all() {
        return List.copyOf(byId.values());
    }

    /** All ids, sorted. */
    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    /**
     * The plugin with an id.
     *
     * @throws BadChoiceException with the known ids if there is none
     */
    public FoundPlugin get(String id) {
        FoundPlugin plugin = byId.get(id);
        if (plugin == null) {
            throw BadChoiceException.unknown("scheduler", id, byId.keySet());
        }
        return plugin;
    }

    private static SortedMap<String, FoundPlugin> unique(List<FoundPlugin> plugins) {
        SortedMap<String, FoundPlugin> byId = new TreeMap<>();
        for (FoundPlugin plugin : plugins) {
            FoundPlugin other = byId.putIfAbsent(plugin.id(), plugin);
            if (other != null) {
                throw twice(other, plugin, "");
            }
        }
        return byId;
    }

    private static BadChoiceException twice(FoundPlugin one, FoundPlugin other, String remedy) {
        return new BadChoiceException("two schedulers are called '" + one.id() + "': expected one, found it in "
                + one.origin() + " and in " + other.origin() + remedy);
    }
}
