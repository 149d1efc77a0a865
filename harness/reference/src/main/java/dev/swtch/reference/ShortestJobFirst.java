package dev.swtch.reference;

import dev.swtch.spi.Foresight;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.simple.SimpleScheduler;
import java.util.EnumSet;
import java.util.List;

/**
 * Shortest job (or process) next, without preemption: who runs keeps its CPU until it blocks, yields or leaves; then the
 * thread with the least work before its next wait follows.
 */
public final class ShortestJobFirst implements SchedulerPlugin {
    /** Called by the service loader. */
    public ShortestJobFirst() {}

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(
                "sjf",
                "Shortest job first, one queue",
                "textbook",
                PluginKind.REFERENCE,
                List.of(),
                EnumSet.of(Capability.REALTIME_CLASS, Capability.IDLE_CLASS, Capability.USER_MUTEX_INHERITANCE),
                SimpleScheduler.MEANS);
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        Foresight foresight = context.foresight();
        return new SimpleScheduler(context, new LeastFirst((thread, reason) -> foresight.workLeftNs(thread)));
    }
}
