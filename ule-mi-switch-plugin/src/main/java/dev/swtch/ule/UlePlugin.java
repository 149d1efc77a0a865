package dev.swtch.ule;

import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.Means;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.ule.kern.UleScheduler;
import dev.swtch.ule.kern.UleTunables;
import java.util.EnumSet;
import java.util.List;

/** FreeBSD's ULE behind {@code mi_switch}. */
public final class UlePlugin implements SchedulerPlugin {
    private static final List<Means> MEANS = List.of(
            new Means("sleep", "nanosleep: sleep queue and a direct callout at the exact time"),
            new Means("user mutex, condition, semaphore, barrier", "umtx chain and sleep queue; the kernel retries"),
            new Means("user mutex with inheritance", "umtx_pi: lends user priority, among realtime threads only"),
            new Means("kernel mutex", "mtx: adaptive spin, turnstile, priority lending"),
            new Means("serializer", "a mutex that is dropped around sleeps"),
            new Means("critical section, spin lock", "critical_enter, spin mutex"),
            new Means("threaded interrupt", "ithread, preempting through critical_exit"));

    /** Called by the service loader. */
    public UlePlugin() {}

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(
                "ule",
                "FreeBSD ULE behind mi_switch",
                "FreeBSD 14, sys/kern/sched_ule.c and kern_synch.c",
                PluginKind.KERNEL,
                UleTunables.all(),
                EnumSet.noneOf(Capability.class),
                MEANS);
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        return new UleScheduler(context);
    }
}
