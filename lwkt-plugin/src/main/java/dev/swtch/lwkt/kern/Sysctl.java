package dev.swtch.lwkt.kern;

/** Tunables of LWKT, lwkt.*. */
public final class Sysctl {
    /** {@code lwkt.preempt_enable}. */
    public int preemptEnable = 1;

    /** {@code lwkt.spin_loops}: failed selections after which tokens are taken in order. */
    public int spinLoops = 10;

    /** {@code lwkt.fairq_bypass}: if positive, no thread runs past one that wants a contended token. */
    public int fairqBypass = -1;

    /** {@code lwkt.spin_monitor}: after {@link #spinLoops} failed selections a CPU tries to wait for its request flags. */
    public int spinMonitor;

    /** Not the seed's: with {@link #spinMonitor} a CPU really waits, for a request or an interrupt. */
    public boolean spinMonitorWaits;

    /** Not the seed's: failed selections by the idle thread count too towards {@link #spinLoops}. */
    public boolean idleSortsTokens;

    /** {@code lwkt.spin_reseq}: if positive, after so many failed selections CPUs retry one after another. */
    public int spinReseq;

    /** {@code kern.livelock_limit}: runs of an interrupt's handlers per second above which a timer paces them. */
    public int livelockLimit = 40_000;

    /** {@code kern.livelock_lowater}: runs per second below which that ends. */
    public int livelockLowater = 20_000;

    /** {@code lwkt.panic_on_cscount}. */
    public int panicOnCscount;

    /** Not the seed's: a forked LWP belongs to the queues of its parent's CPU at first, not of CPU 0. */
    public boolean forkOnParentCpu;

    /** Not the seed's: a forked LWP has no waker yet, rather than CPU 0. */
    public boolean forkWithoutWaker;

    /**
     * The seed's: while all threads of the queue want contended tokens, a runnable thread that gave up its own spins and
     * lets interrupts in; else the idle thread spins, as since 2016.
     */
    public boolean splzWhileContended = true;

    /** Makes the defaults. */
    public Sysctl() {}
}
