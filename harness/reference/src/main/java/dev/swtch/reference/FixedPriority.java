package dev.swtch.reference;

import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.plugin.Tunable;
import dev.swtch.spi.plugin.Tunables;
import dev.swtch.spi.simple.ReadyReason;
import dev.swtch.spi.simple.SimpleScheduler;
import java.util.EnumSet;
import java.util.List;

/**
 * Fixed priorities: kernel threads and realtime ones by rank, then timeshare ones by nice, then the idle class. Among
 * equals, timeshare threads and those of the idle class take turns, and the others go in the order of their coming. A more
 * urgent thread preempts at once, unless preemption is off.
 */
public final class FixedPriority implements SchedulerPlugin {
    private static final Tunable QUANTUM = Tunable.number(
            "quantum",
            10_000_000,
            10_000,
            10_000_000_000L,
            "ns",
            "How long a thread runs in turn, if it is not a realtime one.");
    private static final Tunable PREEMPT =
            Tunable.flag("preempt", true, "Whether a thread that runs gives way before it waits or leaves.");

    /** Called by the service loader. */
    public FixedPriority() {}

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(
                "priority",
                "Fixed priorities, one queue a level",
                "textbook",
                PluginKind.REFERENCE,
                List.of(QUANTUM, PREEMPT),
                EnumSet.of(Capability.USER_MUTEX_INHERITANCE, Capability.CLAIRVOYANT),
                SimpleScheduler.MEANS);
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        Tunables tunables = context.tunables();
        boolean preemptive = tunables.flag(PREEMPT.name());
        long quantumNs = preemptive ? tunables.number(QUANTUM.name()) : Long.MAX_VALUE;
        return new SimpleScheduler(context, new LeastFirst(new Levels(preemptive, quantumNs)));
    }

    private record Levels(boolean preemptive, long quantumNs) implements LeastFirst.Order {
        @Override
        public long rank(RankedThread thread, ReadyReason reason) {
            return switch (thread.threadClass()) {
                case TIMESHARE -> thread.nice();
                case REALTIME, KERNEL, INTERRUPT, IDLE, CPU_IDLE -> -thread.rank();
            };
        }

        @Override
        public boolean preempts(RankedThread enqueued, RankedThread running) {
            return preemptive && enqueued.isBefore(enqueued.rank, running, running.rank);
        }

        @Override
        public long sliceNs(RankedThread thread) {
            return switch (thread.threadClass()) {
                case TIMESHARE, IDLE, CPU_IDLE -> quantumNs;
                case REALTIME, KERNEL, INTERRUPT -> Long.MAX_VALUE;
            };
        }
    }
}
