package dev.swtch.reference;

import dev.swtch.spi.Foresight;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.simple.ReadyReason;
import dev.swtch.spi.simple.SimpleScheduler;
import java.util.EnumSet;
import java.util.List;

/**
 * Earliest deadline first: the deadline the workload measures a job by, from the end of the wait the job began with.
 * Threads without one run when none with one is ready.
 */
public final class EarliestDeadlineFirst implements SchedulerPlugin {
    /** Called by the service loader. */
    public EarliestDeadlineFirst() {}

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(
                "edf",
                "Earliest deadline first, one queue",
                "Liu and Layland 1973",
                PluginKind.REFERENCE,
                List.of(),
                EnumSet.of(Capability.USER_MUTEX_INHERITANCE),
                SimpleScheduler.MEANS);
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        return new SimpleScheduler(context, new LeastFirst(new Deadlines(context.foresight())));
    }

    private record Deadlines(Foresight foresight) implements LeastFirst.Order {
        @Override
        public long rank(RankedThread thread, ReadyReason reason) {
            boolean newJob = reason == ReadyReason.RELEASED || reason == ReadyReason.WOKEN;
            return newJob ? foresight.deadlineNs(thread) : thread.rank;
        }

        @Override
        public boolean preempts(RankedThread enqueued, RankedThread running) {
            return enqueued.isBefore(enqueued.rank, running, running.rank);
        }
    }
}
