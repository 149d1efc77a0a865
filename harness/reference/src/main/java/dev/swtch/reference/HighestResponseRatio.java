package dev.swtch.reference;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.Foresight;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.simple.Policy;
import dev.swtch.spi.simple.ReadyReason;
import dev.swtch.spi.simple.SimpleScheduler;
import dev.swtch.spi.simple.SimpleThread;
import dev.swtch.spi.simple.ThreadQueue;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Highest response ratio next, without preemption: the next thread is the one whose time waited and work together are most
 * in proportion to its work, so that a long job does not wait forever for short ones.
 */
public final class HighestResponseRatio implements Policy {
    private final ThreadQueue ready = new ThreadQueue();
    private final Foresight foresight;

    HighestResponseRatio(Foresight foresight) {
        this.foresight = foresight;
    }

    @Override
    public RankedThread thread(ThreadSpec spec, @Nullable ThreadBody body) {
        return new RankedThread(spec, body);
    }

    @Override
    public int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {
        RankedThread ranked = (RankedThread) thread;
        ranked.rank = Math.max(1, foresight.workLeftNs(thread));
        ranked.came = cpu.now();
        ready.addLast(cpu, thread);
        return ANY_CPU;
    }

    @Override
    public @Nullable SimpleThread pick(Cpu cpu) {
        RankedThread best = null;
        double highest = -1;
        for (SimpleThread thread = ready.first(); thread != null; thread = ready.after(thread)) {
            cpu.charge(Charge.SCAN_ITEM);
            RankedThread ranked = (RankedThread) thread;
            double ratio = (double) (cpu.now() - ranked.came) / ranked.rank;
            if (ratio > highest && thread.mayRunOn(cpu.id())) {
                highest = ratio;
                best = ranked;
            }
        }
        if (best != null) {
            ready.remove(cpu, best);
        }
        return best;
    }

    @Override
    public boolean preempts(SimpleThread enqueued, SimpleThread running) {
        return false;
    }

    /** The plugin. */
    public static final class Plugin implements SchedulerPlugin {
        /** Called by the service loader. */
        public Plugin() {}

        @Override
        public PluginDescriptor descriptor() {
            return new PluginDescriptor(
                    "hrrn",
                    "Highest response ratio next, one queue",
                    "textbook",
                    PluginKind.REFERENCE,
                    List.of(),
                    EnumSet.of(Capability.REALTIME_CLASS, Capability.IDLE_CLASS, Capability.USER_MUTEX_INHERITANCE),
                    SimpleScheduler.MEANS);
        }

        @Override
        public Scheduler create(SchedulerContext context) {
            return new SimpleScheduler(context, new HighestResponseRatio(context.foresight()));
        }
    }
}
