package dev.swtch.reference;

import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.plugin.Tunable;
import dev.swtch.spi.simple.SimpleScheduler;
import java.util.EnumSet;
import java.util.List;

/**
 * Start-time fair queueing: timeshare threads get CPU time in proportion to the weight of their nice value. Each has a
 * virtual time that grows by what it ran over its weight, and the least goes first; who waited finds the virtual time of
 * those who ran meanwhile. Who comes waits for the end of a slice; realtime threads preempt at once.
 */
public final class WeightedFair implements SchedulerPlugin {
    private static final Tunable SLICE = Tunable.number(
            "slice", 3_000_000, 10_000, 10_000_000_000L, "ns", "How long a timeshare thread runs in turn.");

    /** Called by the service loader. */
    public WeightedFair() {}

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(
                "fair",
                "Weighted fair by virtual start time, one queue",
                "Goyal, Guo and Vin 1996, nice weights of Linux",
                PluginKind.REFERENCE,
                List.of(SLICE),
                EnumSet.of(Capability.USER_MUTEX_INHERITANCE, Capability.CLAIRVOYANT),
                SimpleScheduler.MEANS);
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        return new SimpleScheduler(
                context, new LeastFirst(new VirtualTime(context.tunables().number(SLICE.name()))));
    }
}
