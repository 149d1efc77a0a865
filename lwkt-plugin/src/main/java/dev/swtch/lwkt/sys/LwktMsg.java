package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/** {@code struct lwkt_msg}: a message, owned by its sender or by the port it was sent to. */
public final class LwktMsg {
    /** Nobody works on it: it was replied to, or never sent. */
    public static final int MSGF_DONE = 0x0001;

    /** Queued, if at all, on its reply port. */
    public static final int MSGF_REPLY = 0x0002;

    /** On a port's queue. */
    public static final int MSGF_QUEUED = 0x0004;

    /** Its sender waits for it and does not want it queued. */
    public static final int MSGF_SYNC = 0x0008;

    /** On its way to another CPU. */
    public static final int MSGF_INTRANSIT = 0x0010;

    /** Before all others. */
    public static final int MSGF_PRIORITY = 0x0100;

    /** {@code ms_reply_port}: where it goes back to. */
    public final LwktPort replyPort;

    /** {@code ms_target_port}: where it was sent; null before that. */
    public @Nullable LwktPort targetPort;

    /** {@code ms_flags}: MSGF_. */
    public int flags;

    /** {@code ms_error}: the answer. */
    public int error;

    @Nullable
    LwktMsg next;

    @Nullable
    LwktMsg prev;

    /**
     * {@code lwkt_initmsg}: makes a message that was not sent.
     *
     * @param replyPort where it goes back to
     * @param flags 0 or {@link #MSGF_PRIORITY}
     */
    public LwktMsg(LwktPort replyPort, int flags) {
        this.replyPort = replyPort;
        this.flags = MSGF_DONE | flags;
    }

    /** Whether any of the flags is set. */
    public boolean has(int mask) {
        return (flags & mask) != 0;
    }
}
