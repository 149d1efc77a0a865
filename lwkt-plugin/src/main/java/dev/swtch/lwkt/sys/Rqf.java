package dev.swtch.lwkt.sys;

/** Requests to a CPU: {@code gd_reqflags}. */
public final class Rqf {
    /** IPI messages wait. */
    public static final int RQF_IPIQ = 0x0001;

    /** Device interrupts wait. */
    public static final int RQF_INTPEND = 0x0002;

    /** A signal was posted to the current thread. */
    public static final int RQF_AST_SIGNAL = 0x0008;

    /** The user scheduler wants the current thread to give way. */
    public static final int RQF_AST_USER_RESCHED = 0x0010;

    /** Another thread is at the head of the run queue. */
    public static final int RQF_AST_LWKT_RESCHED = 0x0020;

    /** A timer interrupt waits. */
    public static final int RQF_TIMER = 0x0080;

    /** The run queue is not empty. */
    public static final int RQF_RUNNING = 0x0100;

    /** What sends a thread through {@code trap} on its way to user mode. */
    public static final int RQF_AST_MASK = RQF_AST_SIGNAL | RQF_AST_USER_RESCHED | RQF_AST_LWKT_RESCHED;

    /** What {@code splz} works off. */
    public static final int RQF_IDLECHECK_MASK = RQF_IPIQ | RQF_INTPEND | RQF_TIMER;

    /** What keeps the idle loop from halting. */
    public static final int RQF_IDLECHECK_WK_MASK = RQF_IDLECHECK_MASK | RQF_AST_LWKT_RESCHED;

    private Rqf() {}
}
