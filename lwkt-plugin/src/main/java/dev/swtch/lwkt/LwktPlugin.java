package dev.swtch.lwkt;

import dev.swtch.lwkt.plugin.LwktScheduler;
import dev.swtch.lwkt.plugin.LwktTunables;
import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.Means;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import java.util.EnumSet;
import java.util.List;

/** DragonFly's LWKT with {@code usched_dfly} on top. */
public final class LwktPlugin implements SchedulerPlugin {
    private static final List<Means> MEANS = List.of(
            new Means("sleep", "nanosleep1: tsleep for whole ticks, a one-shot systimer for the rest"),
            new Means(
                    "user mutex, condition, semaphore, barrier",
                    "umtx_sleep: tsleep in domain UMTX; user mode retries"),
            new Means("kernel mutex", "a sleep lock over tsleep_interlock and tsleep"),
            new Means("serializer", "token"),
            new Means("critical section, spin lock", "crit_enter, spinlock"),
            new Means("threaded interrupt", "interrupt thread, preempting through lwkt_preempt"));

    /** Called by the service loader. */
    public LwktPlugin() {}

    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(
                "lwkt",
                "DragonFly LWKT with usched_dfly",
                "DragonFly 3.6, sys/kern/lwkt_thread.c and usched_dfly.c",
                PluginKind.KERNEL,
                LwktTunables.all(),
                EnumSet.of(Capability.USER_MUTEX_INHERITANCE),
                MEANS);
    }

    @Override
    public int mostCpus() {
        return Cpumask.SMP_MAXCPU;
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        return new LwktScheduler(context);
    }
}
