package dev.swtch.spi.plugin;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a plugin says about itself.
 *
 * @param id short, unique, lower case: {@code lwkt}
 * @param title one line for people: {@code DragonFly LWKT with usched_dfly}
 * @param lineage which code it models: {@code DragonFly 3.6, sys/kern/lwkt_thread.c}
 * @param kind what it stands for
 * @param tunables what a user may set
 * @param lacks what it does not support; everything else it does, except {@link Capability#CLAIRVOYANT}
 * @param means by what means it serves a workload's needs
 */
public record PluginDescriptor(
        String id,
        String title,
        String lineage,
        PluginKind kind,
        List<Tunable> tunables,
        Set<Capability> lacks,
        List<Means> means) {
    /** Version of the contracts this descriptor belongs to. */
    public static final int SPI_VERSION = 1;

    /**
     * Checks what is said and keeps the lists unmodifiable.
     *
     * @throws IllegalArgumentException if the id has other characters, the title or the lineage is blank, or two tunables
     *     have one name
     */
    public PluginDescriptor {
        if (!id.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("a plugin's id is lower case letters, digits and dashes: '" + id + "'");
        }
        if (title.isBlank() || lineage.isBlank()) {
            throw new IllegalArgumentException(id + ": its " + (title.isBlank() ? "title" : "lineage") + " is blank");
        }
        tunables = List.copyOf(tunables);
        Set<String> names = new TreeSet<>();
        for (Tunable tunable : tunables) {
            if (!names.add(tunable.name())) {
                throw new IllegalArgumentException(id + ": two tunables are called '" + tunable.name() + "'");
            }
        }
        lacks = Collections.unmodifiableSet(lacks.isEmpty() ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(lacks));
        means = List.copyOf(means);
    }
}
