package dev.swtch.lwkt.kern;

/** Tunables of LWKT, lwkt.*. */
public final class Sysctl {
    /** {@code lwkt.preempt_enable}. */
    public int preemptEnable = 1;

    /** {@code lwkt.spin_loops}: failed selections after which tokens are taken in order. */
    public int spinLoops = 10;

    /** {@code lwkt.fairq_bypass}: if positive, no thread runs past one that wants a contended token. */
    public int fairqBypass = -1;

    /** {@code lwkt.panic_on_cscount}. */
    public int panicOnCscount;

    /** Makes the defaults. */
    public Sysctl() {}
}
