package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/** {@code struct lwkt_token}: serialises code while its holder runs. */
public final class LwktToken {
    /** In {@code t_count}: held exclusively. In a reference: wants or has the exclusive bit. */
    public static final long TOK_EXCLUSIVE = 0x1;

    /** In {@code t_count}: somebody waits for the exclusive bit. In a reference: may block. */
    public static final long TOK_EXCLREQ = 0x2;

    /** One share in {@code t_count}. */
    public static final long TOK_INCR = 0x4;

    /** The shares in {@code t_count}. */
    public static final long TOK_COUNTMASK = ~(TOK_EXCLUSIVE | TOK_EXCLREQ);

    /** Stands for the token's address, by which contended tokens are ordered. */
    public final long address;

    /** Name. */
    public final String desc;

    /** {@link #TOK_EXCLUSIVE}, {@link #TOK_EXCLREQ} and shares. */
    public long count;

    /** The reference that has the exclusive bit. */
    public @Nullable Tokref ref;

    /** Failed attempts. */
    public long collisions;

    /**
     * Makes a token nobody holds.
     *
     * @param address unique; stands for its address
     * @param desc name
     */
    public LwktToken(long address, String desc) {
        this.address = address;
        this.desc = desc;
    }
}
