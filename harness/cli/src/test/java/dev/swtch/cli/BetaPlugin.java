package dev.swtch.cli;

import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import java.util.List;
import java.util.Set;

/** A plugin without settings. */
public final class BetaPlugin implements SchedulerPlugin {
    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(
                "beta",
                "Beta timeshare",
                "Beta 14, kern/sched_beta.c",
                PluginKind.KERNEL,
                List.of(),
                Set.of(),
                List.of());
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        throw new IllegalStateException("not made to run");
    }
}
