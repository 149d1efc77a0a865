package dev.swtch.ule.kern;

import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.ule.UlePlugin;
import org.jspecify.annotations.Nullable;

/** The plugin with a look into the kernel of its last run. */
public final class WatchedUle implements SchedulerPlugin {
    private final UlePlugin plugin = new UlePlugin();
    private @Nullable UleScheduler last;
    private String target = "";

    @Override
    public PluginDescriptor descriptor() {
        return plugin.descriptor();
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        UleScheduler made = new UleScheduler(context);
        last = made;
        return target.isEmpty() ? made : new ClassChanging(made, target).scheduler();
    }

    /** A thread that changes its own class changes that of the named thread instead. */
    public WatchedUle changingClassOf(String thread) {
        target = thread;
        return this;
    }

    private UleKernel k() {
        UleScheduler scheduler = last;
        if (scheduler == null) {
            throw new IllegalStateException("nothing was run");
        }
        return scheduler.k;
    }

    /** Threads a CPU has. */
    public int load(int cpu) {
        return k().tdq(cpu).load;
    }

    /** Passes of the balancer. */
    public long balancerPasses() {
        return k().balancer.passes();
    }

    /** Threads the balancer moved. */
    public long balancerMoves() {
        return k().balancer.moves();
    }
}
