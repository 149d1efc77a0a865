package dev.swtch.lwkt.sys;

/** Flags of {@code tsleep} and {@code wakeup}, sys/sys/param.h. */
public final class Tsleep {
    /** Signals interrupt the sleep. */
    public static final int PCATCH = 0x00000100;

    /** The caller has put the thread on the sleep queue. */
    public static final int PINTERLOCKED = 0x00000400;

    /** The CPU that wakes. */
    public static final int PWAKEUP_CPUMASK = 0x00003fff;

    /** Only sleepers of one CPU. */
    public static final int PWAKEUP_MYCPU = 0x00004000;

    /** Only one sleeper. */
    public static final int PWAKEUP_ONE = 0x00008000;

    /** The domain: only who sleeps in the same one is woken. */
    public static final int PDOMAIN_MASK = 0xffff0000;

    /** Domain of user mutexes. */
    public static final int PDOMAIN_UMTX = 0x00010000;

    /** Domain of {@code lockmgr}-like locks. */
    public static final int PDOMAIN_XLOCK = 0x00020000;

    private Tsleep() {}
}
