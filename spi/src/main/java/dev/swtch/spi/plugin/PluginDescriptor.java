package dev.swtch.spi.plugin;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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

    /** Checks the id and keeps the lists unmodifiable. */
    public PluginDescriptor {
        if (!id.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException("a plugin's id is lower case letters, digits and dashes: '" + id + "'");
        }
        tunables = List.copyOf(tunables);
        lacks = Collections.unmodifiableSet(lacks.isEmpty() ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(lacks));
        means = List.copyOf(means);
    }
}
