package dev.swtch.lwkt.plugin;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.kern.Sysctl;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Tdpri;
import dev.swtch.spi.plugin.Tunable;
import dev.swtch.spi.plugin.Tunables;
import java.util.ArrayList;
import java.util.List;

/** What a user may set, with the kernel's names (lwkt.*, kern.*) and defaults. */
public final class LwktTunables {
    private static final List<Tunable> KERNEL = List.of(
            Tunable.flag("preempt_enable", true, "Whether interrupt threads preempt (lwkt.preempt_enable)."),
            Tunable.number(
                    "spin_loops", 10, 0, 1_000_000, "passes", "Failed selections until tokens are taken in order."),
            Tunable.flag("spin_monitor", false, "After spin_loops passes a CPU tries to wait for a request."),
            Tunable.flag("spin_monitor_waits", false, "With spin_monitor it really waits, for the next interrupt."),
            Tunable.flag(
                    "idle_sorts_tokens", false, "Tokens are taken in order also after failures of the idle thread."),
            Tunable.number(
                    "spin_reseq", 0, 0, 1_000_000, "passes", "If positive, after so many passes CPUs retry in turn."),
            Tunable.number(
                    "fairq_bypass", -1, -1, 1, "", "If positive, nobody runs past a thread that waits for a token."),
            Tunable.number(
                    "livelock_limit", 40_000, 1, 1_000_000, "per second", "Interrupts above which a timer paces them."),
            Tunable.number("livelock_lowater", 20_000, 0, 1_000_000, "per second", "Interrupts below which that ends."),
            Tunable.flag("enqueue_by_upri", false, "Equal priorities are queued by td_upri, as since 2017."),
            Tunable.flag("resched_when_empty", true, "Reschedules are requested although the run queue is empty."),
            Tunable.flag("resched_after_preempt", true, "A preempted thread finds a reschedule requested."),
            Tunable.flag("idle_keeps_priority", true, "The idle thread has the priority of a daemon, 12, not 0."),
            Tunable.flag(
                    "splz_while_contended",
                    true,
                    "A thread without its tokens takes interrupts; else the idle thread."),
            Tunable.flag("exclreq_blocks_shared", false, "An exclusive request keeps others from sharing a token."));

    private LwktTunables() {}

    /** All of them. */
    public static List<Tunable> all() {
        List<Tunable> all = new ArrayList<>(KERNEL);
        all.addAll(UschedTunables.ALL);
        return List.copyOf(all);
    }

    static void apply(Tunables values, LwktKernel k) {
        Sysctl sysctl = k.sysctl;
        for (int cpu = 0; cpu < k.ncpus(); cpu++) {
            Globaldata gd = k.gd(cpu);
            gd.enqueueByUpri = values.flag("enqueue_by_upri");
            gd.reschedWhenEmpty = values.flag("resched_when_empty");
            gd.reschedAfterPreempt = values.flag("resched_after_preempt");
            if (!values.flag("idle_keeps_priority")) {
                gd.idlethread.pri = Tdpri.TDPRI_IDLE_THREAD;
            }
            gd.exclreqBlocksShared = values.flag("exclreq_blocks_shared");
        }
        sysctl.forkOnParentCpu = values.flag("fork_on_parent_cpu");
        sysctl.splzWhileContended = values.flag("splz_while_contended");
        sysctl.forkWithoutWaker = values.flag("fork_without_waker");
        sysctl.preemptEnable = values.integer("preempt_enable");
        sysctl.spinLoops = values.integer("spin_loops");
        sysctl.spinMonitor = values.integer("spin_monitor");
        sysctl.spinMonitorWaits = values.flag("spin_monitor_waits");
        sysctl.idleSortsTokens = values.flag("idle_sorts_tokens");
        sysctl.spinReseq = values.integer("spin_reseq");
        sysctl.fairqBypass = values.integer("fairq_bypass");
        sysctl.livelockLimit = values.integer("livelock_limit");
        sysctl.livelockLowater = values.integer("livelock_lowater");
    }
}
