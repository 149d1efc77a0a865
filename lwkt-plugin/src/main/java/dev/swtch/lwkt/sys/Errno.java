package dev.swtch.lwkt.sys;

/** Results of a sleep that was interrupted or timed out, and of a message that was not sent. */
public final class Errno {
    /** Restart the system call. */
    public static final int ERESTART = -1;

    /** No room. */
    public static final int ENOENT = 2;

    /** Interrupted. */
    public static final int EINTR = 4;

    /** Timed out. */
    public static final int EWOULDBLOCK = 35;

    private Errno() {}
}
