package dev.swtch.spi;

import dev.swtch.spi.plugin.PluginDescriptor;

/**
 * The service a plugin provides: found by {@link java.util.ServiceLoader}, declared in the plugin's
 * {@code module-info} and in {@code META-INF/services}.
 */
public interface SchedulerPlugin {
    /** What the plugin is; the same on every call. */
    PluginDescriptor descriptor();

    /** The most CPUs its kernel runs on; a machine with more leaves it out of the comparison. */
    default int mostCpus() {
        return Integer.MAX_VALUE;
    }

    /**
     * Makes the scheduler of one simulated machine, before any of its CPUs has started. All state of the run belongs
     * to what is returned; nothing may be kept in static fields.
     */
    Scheduler create(SchedulerContext context);
}
