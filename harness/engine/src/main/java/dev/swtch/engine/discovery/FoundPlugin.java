package dev.swtch.engine.discovery;

import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.PluginDescriptor;

/**
 * A plugin and where it was found.
 *
 * @param plugin the service
 * @param descriptor what it says about itself, asked once
 * @param origin the jar or folder its code comes from
 */
public record FoundPlugin(SchedulerPlugin plugin, PluginDescriptor descriptor, String origin) {
    /** The plugin's id. */
    public String id() {
        return descriptor.id();
    }
}
