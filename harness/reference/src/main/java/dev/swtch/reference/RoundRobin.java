package dev.swtch.reference;

import dev.swtch.machine.Cpu;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.plugin.Tunable;
import dev.swtch.spi.simple.Policy;
import dev.swtch.spi.simple.ReadyReason;
import dev.swtch.spi.simple.SimpleScheduler;
import dev.swtch.spi.simple.SimpleThread;
import dev.swtch.spi.simple.ThreadQueue;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Round robin: one queue for all CPUs; each thread runs a quantum, then goes to the tail. Classes and nice are ignored. */
public final class RoundRobin implements Policy {
    private final ThreadQueue ready = new ThreadQueue();
    private final long quantumNs;

    RoundRobin(long quantumNs) {
        this.quantumNs = quantumNs;
    }

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

    @Override
    public long sliceNs(SimpleThread thread) {
        return quantumNs;
    }

    /** The plugin: what it says about itself, and a scheduler for each run. */
    public static final class Plugin implements SchedulerPlugin {
        private static final Tunable QUANTUM =
                Tunable.number("quantum", 10_000_000, 10_000, 10_000_000_000L, "ns", "How long a thread runs in turn.");

        /** Called by the service loader. */
        public Plugin() {}

        @Override
        public PluginDescriptor descriptor() {
            return new PluginDescriptor(
                    "rr",
                    "Round robin, one queue",
                    "textbook",
                    PluginKind.REFERENCE,
                    List.of(QUANTUM),
                    EnumSet.of(
                            Capability.REALTIME_CLASS,
                            Capability.IDLE_CLASS,
                            Capability.USER_MUTEX_INHERITANCE,
                            Capability.CLAIRVOYANT),
                    SimpleScheduler.MEANS);
        }

        @Override
        public Scheduler create(SchedulerContext context) {
            return new SimpleScheduler(
                    context, new RoundRobin(context.tunables().number(QUANTUM.name())));
        }
    }
}
