package dev.swtch.engine.discovery;

import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.plugin.Tunable;
import java.util.List;
import java.util.Set;

/** A plugin that can be found and chosen, but not run. */
public class AlphaPlugin implements SchedulerPlugin {
    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(
                "alpha",
                "Alpha of the class path",
                "Alpha 1",
                PluginKind.KERNEL,
                List.of(
                        Tunable.number("slice", 10, 1, 100, "ticks", "Length of a slice."),
                        Tunable.number("quantum", 1_000, 1, 1_000_000_000, "ns", "Length of a quantum."),
                        Tunable.flag("steal_idle", true, "Whether idle CPUs steal.")),
                Set.of(Capability.CRITICAL_SECTION),
                List.of());
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        throw new IllegalStateException("not made to run");
    }
}
