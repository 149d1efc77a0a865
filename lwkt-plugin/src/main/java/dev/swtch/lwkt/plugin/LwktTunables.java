package dev.swtch.lwkt.plugin;

import dev.swtch.lwkt.kern.Sysctl;
import dev.swtch.lwkt.usched.DflyTunables;
import dev.swtch.spi.plugin.Tunable;
import dev.swtch.spi.plugin.Tunables;
import java.util.List;

/** What a user may set, with the kernel's names (lwkt.*, kern.usched_dfly.*) and defaults. */
public final class LwktTunables {
    private static final List<Tunable> ALL = List.of(
            Tunable.flag("preempt_enable", true, "Whether interrupt threads preempt (lwkt.preempt_enable)."),
            Tunable.number(
                    "spin_loops", 10, 0, 1_000_000, "passes", "Failed selections until tokens are taken in order."),
            Tunable.number(
                    "fairq_bypass", -1, -1, 1, "", "If positive, nobody runs past a thread that waits for a token."),
            Tunable.number("weight1", 200, 0, 100_000, "load", "usched_dfly: staying on its CPU."),
            Tunable.number("weight2", 180, 0, 100_000, "load", "usched_dfly: being near the waker."),
            Tunable.number("weight3", 40, 0, 100_000, "load", "usched_dfly: each LWP counted on a CPU."),
            Tunable.number("weight4", 160, 0, 100_000, "load", "usched_dfly: a CPU with nothing to do."),
            Tunable.number(
                    "features", 0x8f, 0, 0xff, "bits", "usched_dfly: pull, push, rover, placement of forked LWPs."),
            Tunable.number("fast_resched", 0, 0, 127, "priority", "usched_dfly: how much better to interrupt at once."),
            Tunable.number("rrinterval", 5, 1, 1_000, "schedclock ticks", "usched_dfly: length of a turn."),
            Tunable.number("decay", 8, 1, 1_024, "", "usched_dfly: weight of the past in the estimate of CPU use."));

    private LwktTunables() {}

    /** All of them. */
    public static List<Tunable> all() {
        return ALL;
    }

    static void apply(Tunables values, Sysctl sysctl, DflyTunables dfly) {
        sysctl.preemptEnable = values.integer("preempt_enable");
        sysctl.spinLoops = values.integer("spin_loops");
        sysctl.fairqBypass = values.integer("fairq_bypass");
        dfly.weight1 = values.integer("weight1");
        dfly.weight2 = values.integer("weight2");
        dfly.weight3 = values.integer("weight3");
        dfly.weight4 = values.integer("weight4");
        dfly.features = values.integer("features");
        dfly.fastResched = values.integer("fast_resched");
        dfly.rrinterval = values.integer("rrinterval");
        dfly.decay = values.integer("decay");
    }
}
