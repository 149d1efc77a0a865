package dev.swtch.lwkt.sys;

/** Results of an interrupted or timed out sleep. */
public final class Errno {
    /** Restart the system call. */
    public static final int ERESTART = -1;

    /** Interrupted. */
    public static final int EINTR = 4;

    /** Timed out. */
    public static final int EWOULDBLOCK = 35;

    private Errno() {}
}
