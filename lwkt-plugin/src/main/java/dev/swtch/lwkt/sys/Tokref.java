package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/** {@code struct lwkt_tokref}: a wanted or held token in its thread's array of references. */
public final class Tokref {
    /** The thread whose array this is an element of. */
    public final LwktThread array;

    /** Index in the array. */
    public final int index;

    /** {@code tr_tok}; null before the first use. */
    public @Nullable LwktToken tok;

    /** {@code tr_count}: the mode. */
    public long count;

    /** {@code tr_owner}; null before the first use. */
    public @Nullable LwktThread owner;

    Tokref(LwktThread array, int index) {
        this.array = array;
        this.index = index;
    }
}
