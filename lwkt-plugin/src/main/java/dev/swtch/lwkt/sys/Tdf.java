package dev.swtch.lwkt.sys;

/** Flags of a thread: {@code td_flags} (TDF_), changed by the owning CPU alone, and {@code td_mpflags} (TDF_MP_). */
public final class Tdf {
    /** The context is live on a CPU; clear while preempted, so tested together with {@link #TDF_PREEMPT_LOCK}. */
    public static final int TDF_RUNNING = 0x00000001;

    /** On {@code gd_tdrunq}. */
    public static final int TDF_RUNQ = 0x00000002;

    /** Was preempted and must not move. */
    public static final int TDF_PREEMPT_LOCK = 0x00000004;

    /** The preemptor is switching back. */
    public static final int TDF_PREEMPT_DONE = 0x00000008;

    /** Is not scheduled by its creation. */
    public static final int TDF_NOSTART = 0x00000010;

    /** Between two CPUs: not enqueued. */
    public static final int TDF_MIGRATING = 0x00000020;

    /** In an interruptible {@code lwkt_sleep}. */
    public static final int TDF_SINTR = 0x00000040;

    /** On a sleep queue. */
    public static final int TDF_TSLEEPQ = 0x00000080;

    /** A system thread. */
    public static final int TDF_SYSTHREAD = 0x00000100;

    /** The structure came from the thread cache. */
    public static final int TDF_ALLOCATED_THREAD = 0x00000200;

    /** The stack was allocated by LWKT. */
    public static final int TDF_ALLOCATED_STACK = 0x00000400;

    /** Prints a line when it exits. */
    public static final int TDF_VERBOSE = 0x00000800;

    /** A sleep's timeout handler is at work. */
    public static final int TDF_TIMEOUT_RUNNING = 0x00004000;

    /** The sleep timed out. */
    public static final int TDF_TIMEOUT = 0x00008000;

    /** Charged as interrupt time. */
    public static final int TDF_INTTHREAD = 0x00010000;

    /** Descheduled by {@code tsleep}. */
    public static final int TDF_TSLEEP_DESCHEDULED = 0x00020000;

    /** Blocked in {@code lwkt_sleep}. */
    public static final int TDF_BLOCKED = 0x00040000;

    /** Was warned for a switch from an interrupt. */
    public static final int TDF_PANICWARN = 0x00080000;

    /** On some block queue: not enqueued. */
    public static final int TDF_BLOCKQ = 0x00100000;

    /** On its way out. */
    public static final int TDF_EXITING = 0x00400000;

    /** Collects its wakeups. */
    public static final int TDF_DELAYED_WAKEUP = 0x02000000;

    /** Never migrates. */
    public static final int TDF_FIXEDCPU = 0x04000000;

    /** A reaper sleeps on the thread. */
    public static final int TDF_MP_EXITWAIT = 0x00000004;

    /** Switched out for the last time. */
    public static final int TDF_MP_EXITSIG = 0x00000008;

    /** At a good place to be rescheduled. */
    public static final int TDF_MP_BATCH_DEMARC = 0x00000010;

    /** Called {@code sched_yield}. */
    public static final int TDF_MP_DIDYIELD = 0x00000020;

    private Tdf() {}
}
