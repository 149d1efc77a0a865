package dev.swtch.ule.kern;

import dev.swtch.spi.plugin.Tunable;
import dev.swtch.spi.plugin.Tunables;
import java.util.List;
import java.util.stream.Stream;

/** The knobs a user may set, with the kernel's names and defaults; each changes the kernel only if it is set. */
public final class UleTunables {
    private static final List<Tunable> KERN_SCHED = List.of(
            Tunable.number("slice", 12, 1, 10_000, "stat ticks", "Longest slice of a timeshare thread."),
            Tunable.number("interact", 30, 0, 100, "score", "Scores below it make a thread interactive."),
            Tunable.number(
                    "preempt_thresh", Pri.PRI_MIN_KERN, 0, 255, "priority", "Worst priority that preempts at once."),
            Tunable.number(
                    "static_boost", Pri.PRI_MIN_BATCH, 0, 255, "priority", "Priority of sleepers; 1: their own wish."),
            Tunable.number("affinity", 1, 0, 10_000, "ticks", "How long a thread stays used to a cache, per level."),
            Tunable.flag("balance", true, "Whether the long-term balancer runs."),
            Tunable.number("balance_interval", 127, 1, 100_000, "stat ticks", "Mean time between two of its passes."),
            Tunable.flag("steal_idle", true, "Whether idle CPUs take threads from others."),
            Tunable.number("steal_thresh", 2, 1, 1_000, "threads", "Least load of a CPU to steal from."),
            Tunable.number("trysteal_limit", 2, 0, 10, "levels", "How far a CPU looks before it goes idle."),
            Tunable.flag("always_steal", false, "Whether every idle wake-up searches for work."),
            Tunable.number("idlespins", 10_000, 0, 1_000_000, "looks", "How long a busy CPU polls before it waits."),
            Tunable.number(
                    "idlespinthresh", 157, 0, 32_767, "switches", "Switch count above which an idle CPU polls."));

    private static final List<Tunable> OTHERS = List.of(
            Tunable.flag("idle_mwait", true, "Whether a CPU that expects a short wait monitors a line (machdep.idle)."),
            Tunable.flag(
                    "exit_by_throw", false, "Whether an exiting thread leaves by cpu_throw, as mi_switch(9) says."),
            Tunable.flag(
                    "sys_yield",
                    false,
                    "Whether programs yield by yield(2), as the worst thread, not sched_yield(2)."));

    private UleTunables() {}

    /** All of them. */
    public static List<Tunable> all() {
        return Stream.concat(KERN_SCHED.stream(), OTHERS.stream()).toList();
    }

    /** Sets what differs from the defaults, once the kernel has derived the rest from its clocks. */
    static void apply(Tunables values, UleKernel k) {
        for (Tunable tunable : KERN_SCHED) {
            long value = values.number(tunable.name());
            if (value == tunable.defaultValue()) {
                continue;
            }
            if (tunable.name().equals("slice")) {
                k.tune.setSlice((int) value);
            } else {
                k.tune.set(tunable.name(), (int) value);
            }
        }
    }
}
