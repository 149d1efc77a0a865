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

/** Shortest remaining time first: as {@link ShortestJobFirst}, and a thread with less work left preempts at once. */
public final class ShortestRemainingTime implements SchedulerPlugin {
    /** Called by the service loader. */
    public ShortestRemainingTime() {}

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(
                "srtf",
                "Shortest remaining time first, one queue",
                "textbook",
                PluginKind.REFERENCE,
                List.of(),
                EnumSet.of(Capability.USER_MUTEX_INHERITANCE),
                SimpleScheduler.MEANS);
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        return new SimpleScheduler(context, new LeastFirst(new LeastWorkLeft(context.foresight())));
    }
}
