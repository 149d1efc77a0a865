package dev.swtch.reference;

import dev.swtch.machine.Cpu;
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
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** First come, first served: one queue for all CPUs; who runs keeps its CPU until it blocks, yields or leaves. */
public final class FirstComeFirstServed implements Policy {
    private final ThreadQueue ready = new ThreadQueue();

    FirstComeFirstServed() {}

    @Override
    public int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {
        ready.add(cpu, thread, reason);
        return ANY_CPU;
    }

    @Override
    public @Nullable SimpleThread pick(Cpu cpu) {
        return ready.takeFor(cpu);
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
                    "fcfs",
                    "First come, first served, one queue",
                    "textbook",
                    PluginKind.REFERENCE,
                    List.of(),
                    EnumSet.of(
                            Capability.REALTIME_CLASS,
                            Capability.IDLE_CLASS,
                            Capability.USER_MUTEX_INHERITANCE,
                            Capability.CLAIRVOYANT),
                    SimpleScheduler.MEANS);
        }

        @Override
        public Scheduler create(SchedulerContext context) {
            return new SimpleScheduler(context, new FirstComeFirstServed());
        }
    }
}
