package dev.swtch.testkit;

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

/** The scheduler whose runs say which steps a workload consists of: first in, first out. */
final class PlainFifo implements SchedulerPlugin {
    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(
                "plain-fifo",
                "Reference of the conformance kit",
                "none",
                PluginKind.REFERENCE,
                List.of(),
                EnumSet.noneOf(Capability.class),
                SimpleScheduler.MEANS);
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        return new SimpleScheduler(context, new Fifo());
    }

    private static final class Fifo implements Policy {
        private final ThreadQueue ready = new ThreadQueue();

        @Override
        public int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {
            ready.addLast(cpu, thread);
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
    }
}
