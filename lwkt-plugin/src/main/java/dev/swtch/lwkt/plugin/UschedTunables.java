package dev.swtch.lwkt.plugin;

import dev.swtch.lwkt.usched.Bsd4Tunables;
import dev.swtch.lwkt.usched.DflyTunables;
import dev.swtch.spi.plugin.Tunable;
import dev.swtch.spi.plugin.Tunables;
import java.util.List;

/** What a user may set of the user schedulers, with the kernel's names (kern.usched_dfly.*, kern.usched_bsd4.*). */
final class UschedTunables {
    private static final String[] NAMES = {"dfly", "bsd4"};
    private static final int BSD4 = 1;

    /** Stands for what the topology asks for. */
    private static final int AUTO = -1;

    static final List<Tunable> ALL = List.of(
            Tunable.choice("usched", "The user scheduler (kern.user_scheduler).", NAMES),
            Tunable.number("rrinterval", 5, 1, 1_000, "schedclock ticks", "usched: length of a turn."),
            Tunable.number("decay", 8, 1, 1_024, "", "usched: weight of the past in the estimate of CPU use."),
            Tunable.number("weight1", 200, 0, 100_000, "load", "usched_dfly: staying on its CPU."),
            Tunable.number("weight2", 180, 0, 100_000, "load", "usched_dfly: being near the waker."),
            Tunable.number("weight3", 40, 0, 100_000, "load", "usched_dfly: each LWP counted on a CPU."),
            Tunable.number("weight4", 160, 0, 100_000, "load", "usched_dfly: a CPU with nothing to do."),
            Tunable.number(
                    "features", 0x8f, 0, 0xff, "bits", "usched_dfly: pull, push, rover, placement of forked LWPs."),
            Tunable.number("fast_resched", 0, 0, 127, "priority", "usched_dfly: how much better to interrupt at once."),
            Tunable.number(
                    "smt", AUTO, AUTO, 1, "", "usched_bsd4: prefers idle cores; -1 if there are hardware threads."),
            Tunable.number(
                    "cache_coherent",
                    AUTO,
                    AUTO,
                    1,
                    "",
                    "usched_bsd4: leaves LWPs to the CPUs near their last; -1 if the topology is known."),
            Tunable.number("upri_affinity", 16, 0, 128, "queues", "usched_bsd4: how much worse a running LWP may be."),
            Tunable.number("queue_checks", 5, 1, 1_000, "LWPs", "usched_bsd4: how many are looked at for a near one."),
            Tunable.number("stick_to_level", 0, 0, 3, "levels", "usched_bsd4: how far up the topology is near."),
            Tunable.flag("pull_checks_cpumask", false, "usched: LWPs are pulled only to CPUs they may run on."),
            Tunable.flag("fork_resched", true, "usched: a fork asks for a reschedule on the new LWP's CPU."),
            Tunable.flag("rtprio_own_queues", false, "usched: realtime priorities do not share queues by fours."),
            Tunable.flag("requeue_at_head", false, "usched_dfly: an LWP with a part of its turn left goes on first."),
            Tunable.flag("rover_when_idle", false, "usched_dfly: idle CPUs too take their turn in pulling."),
            Tunable.flag("fork_on_parent_cpu", false, "usched_dfly: a new LWP belongs to its parent's CPU, not CPU 0."),
            Tunable.flag("fork_without_waker", false, "usched_dfly: a new LWP has no waker, rather than CPU 0."));

    private UschedTunables() {}

    static boolean isBsd4(Tunables values) {
        return values.integer("usched") == BSD4;
    }

    static void apply(Tunables values, DflyTunables dfly) {
        dfly.weight1 = values.integer("weight1");
        dfly.weight2 = values.integer("weight2");
        dfly.weight3 = values.integer("weight3");
        dfly.weight4 = values.integer("weight4");
        dfly.features = values.integer("features");
        dfly.fastResched = values.integer("fast_resched");
        dfly.rrinterval = values.integer("rrinterval");
        dfly.decay = values.integer("decay");
        dfly.forkRequestsResched = values.flag("fork_resched");
        dfly.rtprioOwnQueues = values.flag("rtprio_own_queues");
        dfly.requeueAtHead = values.flag("requeue_at_head");
        dfly.roverWhenIdle = values.flag("rover_when_idle");
        dfly.pullChecksCpumask = values.flag("pull_checks_cpumask");
    }

    static void apply(Tunables values, Bsd4Tunables bsd4) {
        bsd4.rrinterval = values.integer("rrinterval");
        bsd4.decay = values.integer("decay");
        bsd4.smt = or(values.integer("smt"), bsd4.smt);
        bsd4.cacheCoherent = or(values.integer("cache_coherent"), bsd4.cacheCoherent);
        bsd4.upriAffinity = values.integer("upri_affinity");
        bsd4.queueChecks = values.integer("queue_checks");
        bsd4.stickToLevel = values.integer("stick_to_level");
        bsd4.forkRequestsResched = values.flag("fork_resched");
        bsd4.rtprioOwnQueues = values.flag("rtprio_own_queues");
        bsd4.pullChecksCpumask = values.flag("pull_checks_cpumask");
    }

    private static boolean or(int value, boolean automatic) {
        return value == AUTO ? automatic : value != 0;
    }
}
