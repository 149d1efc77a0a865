package dev.swtch.lwkt.plugin;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.kern.Sysctl;
import dev.swtch.lwkt.sys.Globaldata;
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
            Tunable.flag("spin_monitor", false, "After spin_loops passes a CPU tries to wait for a request."),
            Tunable.number(
                    "spin_reseq", 0, 0, 1_000_000, "passes", "If positive, after so many passes CPUs retry in turn."),
            Tunable.number(
                    "fairq_bypass", -1, -1, 1, "", "If positive, nobody runs past a thread that waits for a token."),
            Tunable.number(
                    "livelock_limit", 40_000, 1, 1_000_000, "per second", "Interrupts above which a timer paces them."),
            Tunable.number("livelock_lowater", 20_000, 0, 1_000_000, "per second", "Interrupts below which that ends."),
            Tunable.number("weight1", 200, 0, 100_000, "load", "usched_dfly: staying on its CPU."),
            Tunable.number("weight2", 180, 0, 100_000, "load", "usched_dfly: being near the waker."),
            Tunable.number("weight3", 40, 0, 100_000, "load", "usched_dfly: each LWP counted on a CPU."),
            Tunable.number("weight4", 160, 0, 100_000, "load", "usched_dfly: a CPU with nothing to do."),
            Tunable.number(
                    "features", 0x8f, 0, 0xff, "bits", "usched_dfly: pull, push, rover, placement of forked LWPs."),
            Tunable.number("fast_resched", 0, 0, 127, "priority", "usched_dfly: how much better to interrupt at once."),
            Tunable.number("rrinterval", 5, 1, 1_000, "schedclock ticks", "usched_dfly: length of a turn."),
            Tunable.number("decay", 8, 1, 1_024, "", "usched_dfly: weight of the past in the estimate of CPU use."),
            Tunable.flag("enqueue_by_upri", false, "Equal priorities are queued by td_upri, as since 2017."),
            Tunable.flag("resched_when_empty", true, "Reschedules are requested although the run queue is empty."),
            Tunable.flag("exclreq_blocks_shared", false, "An exclusive request keeps others from sharing a token."),
            Tunable.flag("pull_checks_cpumask", false, "usched_dfly: pulls only where the LWP may run."),
            Tunable.flag("fork_on_parent_cpu", false, "usched_dfly: a new LWP belongs to its parent's CPU, not CPU 0."),
            Tunable.flag("fork_without_waker", false, "usched_dfly: a new LWP has no waker, rather than CPU 0."));

    private LwktTunables() {}

    /** All of them. */
    public static List<Tunable> all() {
        return ALL;
    }

    static void apply(Tunables values, LwktKernel k, DflyTunables dfly) {
        Sysctl sysctl = k.sysctl;
        for (int cpu = 0; cpu < k.ncpus(); cpu++) {
            Globaldata gd = k.gd(cpu);
            gd.enqueueByUpri = values.integer("enqueue_by_upri") != 0;
            gd.reschedWhenEmpty = values.integer("resched_when_empty") != 0;
            gd.exclreqBlocksShared = values.integer("exclreq_blocks_shared") != 0;
        }
        sysctl.forkOnParentCpu = values.integer("fork_on_parent_cpu") != 0;
        sysctl.forkWithoutWaker = values.integer("fork_without_waker") != 0;
        dfly.pullChecksCpumask = values.integer("pull_checks_cpumask") != 0;
        sysctl.preemptEnable = values.integer("preempt_enable");
        sysctl.spinLoops = values.integer("spin_loops");
        sysctl.spinMonitor = values.integer("spin_monitor");
        sysctl.spinReseq = values.integer("spin_reseq");
        sysctl.fairqBypass = values.integer("fairq_bypass");
        sysctl.livelockLimit = values.integer("livelock_limit");
        sysctl.livelockLowater = values.integer("livelock_lowater");
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
