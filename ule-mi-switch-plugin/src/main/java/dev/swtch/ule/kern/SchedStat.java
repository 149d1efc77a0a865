package dev.swtch.ule.kern;

import java.util.Locale;

/** ULE's own statistics: {@code SCHED_STAT_DEFINE}, sys/kern/sched_ule.c. */
public enum SchedStat {
    /** An interrupt thread was kept under its last-level cache. */
    PICKCPU_INTRBIND,
    /** An idle CPU was picked because the thread is used to it. */
    PICKCPU_IDLE_AFFINITY,
    /** An idle CPU under the same last-level cache was picked. */
    PICKCPU_AFFINITY,
    /** The least loaded CPU was picked. */
    PICKCPU_LOWEST,
    /** The CPU that executes was picked. */
    PICKCPU_LOCAL,
    /** Another CPU than the last was picked. */
    PICKCPU_MIGRATION,
    /** An interrupt thread lost priority for using a whole slice. */
    ITHREAD_DEMOTIONS,
    /** An interrupt thread was preempted for using a whole slice. */
    ITHREAD_PREEMPTIONS;

    /** The kernel's name. */
    public String statName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
