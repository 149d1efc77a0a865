package dev.swtch.reference;

import dev.swtch.machine.Cpu;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.plugin.Tunable;
import dev.swtch.spi.plugin.Tunables;
import dev.swtch.spi.simple.Policy;
import dev.swtch.spi.simple.ReadyReason;
import dev.swtch.spi.simple.SimpleScheduler;
import dev.swtch.spi.simple.SimpleThread;
import dev.swtch.spi.simple.ThreadQueue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fixed priorities: kernel threads and realtime ones by rank, then timeshare ones by nice, then the idle class; a queue for
 * each level, round robin in it. A more urgent thread preempts at once, unless preemption is off.
 */
public final class FixedPriority implements Policy {
    private static final int FIRST_TIMESHARE = 32;
    private static final int FIRST_REALTIME = FIRST_TIMESHARE + 41;
    private static final int FIRST_KERNEL = FIRST_REALTIME + 32;
    private static final int LEVELS = FIRST_KERNEL + 32;

    private final ThreadQueue[] levels = new ThreadQueue[LEVELS];
    private final long quantumNs;

    private final boolean preemptive;

    FixedPriority(long quantumNs, boolean preemptive) {
        this.quantumNs = quantumNs;
        this.preemptive = preemptive;
        Arrays.setAll(levels, level -> new ThreadQueue());
    }

    private static int level(SimpleThread thread) {
        return switch (thread.threadClass()) {
            case CPU_IDLE, IDLE -> thread.rank();
            case TIMESHARE -> FIRST_TIMESHARE + 20 - thread.nice();
            case REALTIME -> FIRST_REALTIME + thread.rank();
            case KERNEL, INTERRUPT -> FIRST_KERNEL + thread.rank();
        };
    }

    @Override
    public int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {
        levels[level(thread)].add(cpu, thread, reason);
        return ANY_CPU;
    }

    @Override
    public @Nullable SimpleThread pick(Cpu cpu) {
        for (int level = LEVELS - 1; level >= 0; level--) {
            SimpleThread thread = levels[level].takeFor(cpu);
            if (thread != null) {
                return thread;
            }
        }
        return null;
    }

    @Override
    public boolean preempts(SimpleThread enqueued, SimpleThread running) {
        return preemptive && level(enqueued) > level(running);
    }

    @Override
    public long sliceNs(SimpleThread thread) {
        return preemptive ? quantumNs : Long.MAX_VALUE;
    }

    /** The plugin. */
    public static final class Plugin implements SchedulerPlugin {
        private static final Tunable QUANTUM =
                Tunable.number("quantum", 10_000_000, 10_000, 10_000_000_000L, "ns", "How long a thread runs in turn.");
        private static final Tunable PREEMPT =
                Tunable.flag("preempt", true, "Whether a thread that runs gives way before it waits or leaves.");

        /** Called by the service loader. */
        public Plugin() {}

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
            Policy policy = new FixedPriority(tunables.number(QUANTUM.name()), tunables.flag(PREEMPT.name()));
            return new SimpleScheduler(context, policy);
        }
    }
}
