package dev.swtch.cli;

import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SchedulerPlugin;
import dev.swtch.spi.plugin.Capability;
import dev.swtch.spi.plugin.Means;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.PluginKind;
import dev.swtch.spi.plugin.Tunable;
import java.util.List;
import java.util.Set;

/** A plugin whose settings tell {@link FakeEngine} what to pretend. */
public final class AlphaPlugin implements SchedulerPlugin {
    @Override
    public PluginDescriptor descriptor() {
        return new PluginDescriptor(
                "alpha",
                "Alpha kernel threads",
                "Alpha 3.6, kern/alpha_switch.c",
                PluginKind.KERNEL,
                List.of(
                        Tunable.number("slice", 10, 1, 100, "ticks", "Length of a slice."),
                        Tunable.flag("panic", false, "Whether a rule is broken."),
                        Tunable.flag("stall", false, "Whether the workload stalls."),
                        Tunable.flag("throw", false, "Whether the scheduler throws.")),
                Set.of(Capability.DEVICES),
                List.of(new Means("sleep", "one-shot timer and sleep queue")));
    }

    @Override
    public Scheduler create(SchedulerContext context) {
        throw new IllegalStateException("not made to run");
    }
}
