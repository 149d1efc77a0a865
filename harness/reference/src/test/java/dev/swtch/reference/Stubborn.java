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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thread n runs on CPU n, modulo their number, and nowhere else: it leaves work undone, in a way easy to foresee. */
final class Stubborn implements Policy {
    private final ThreadQueue[] ready;

    private Stubborn(int cpus) {
        ready = new ThreadQueue[cpus];
        Arrays.setAll(ready, cpu -> new ThreadQueue());
    }

    @Override
    public int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {
        int home = thread.number() % ready.length;
        ready[home].add(cpu, thread, reason);
        return home;
    }

    @Override
    public @Nullable SimpleThread pick(Cpu cpu) {
        return ready[cpu.id()].takeFor(cpu);
    }

    @Override
    public boolean preempts(SimpleThread enqueued, SimpleThread running) {
        return false;
    }

    /** Its plugin. */
    static final class Plugin implements SchedulerPlugin {
        @Override
        public PluginDescriptor descriptor() {
            return new PluginDescriptor(
                    "stubborn",
                    "A queue for each CPU, no stealing",
                    "none",
                    PluginKind.REFERENCE,
                    List.of(),
                    EnumSet.noneOf(Capability.class),
                    SimpleScheduler.MEANS);
        }

        @Override
        public Scheduler create(SchedulerContext context) {
            return new SimpleScheduler(context, new Stubborn(context.machine().cpuCount()));
        }
    }
}
