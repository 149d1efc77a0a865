package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/** {@code gd_tdallq}: all threads of a CPU, linked by {@code td_allq}. */
public final class AllQueue {
    private @Nullable LwktThread first;
    private @Nullable LwktThread last;

    /** The first; null if the queue is empty. */
    public @Nullable LwktThread first() {
        return first;
    }

    /** The successor of a queued thread; null for the last. */
    public static @Nullable LwktThread next(LwktThread td) {
        return td.allqNext;
    }

    /** Appends a thread. */
    public void insertTail(LwktThread td) {
        LwktThread tail = last;
        td.allqNext = null;
        td.allqPrev = tail;
        if (tail == null) {
            first = td;
        } else {
            tail.allqNext = td;
        }
        last = td;
    }

    /** Removes a queued thread. */
    public void remove(LwktThread td) {
        LwktThread next = td.allqNext;
        LwktThread prev = td.allqPrev;
        if (prev == null) {
            first = next;
        } else {
            prev.allqNext = next;
        }
        if (next == null) {
            last = prev;
        } else {
            next.allqPrev = prev;
        }
        td.allqNext = null;
        td.allqPrev = null;
    }
}
