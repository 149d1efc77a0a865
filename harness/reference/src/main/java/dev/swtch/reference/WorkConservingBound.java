package dev.swtch.reference;

import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.simple.SimpleScheduler;
import java.util.EnumSet;
import java.util.List;

/** The plugin of the bound that knows the future: {@link WorkConserving}. */
public final class WorkConservingBound implements SchedulerPlugin {
    /** Called by the service loader. */
    public WorkConservingBound() {}

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(
                "bound",
                "Work-conserving bound: least work left, any CPU",
                "Schrage 1968",
                PluginKind.BOUND,
                List.of(),
                EnumSet.of(Capability.USER_MUTEX_INHERITANCE),
                SimpleScheduler.MEANS);
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        int cpus = context.machine().cpuCount();
        return new SimpleScheduler(context, new WorkConserving(context.foresight(), cpus));
    }
}
