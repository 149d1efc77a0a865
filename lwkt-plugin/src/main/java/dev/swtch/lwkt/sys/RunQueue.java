package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/** {@code gd_tdrunq}: runnable threads linked by {@code td_threadq}. */
public final class RunQueue {
    private @Nullable LwktThread first;
    private @Nullable LwktThread last;

    /** The head; null if the queue is empty. */
    public @Nullable LwktThread first() {
        return first;
    }

    /** Whether a thread of this CPU is queued. */
    public boolean contains(LwktThread td) {
        return first == td || td.threadqPrev != null;
    }

    /** The successor of a queued thread; null for the last. */
    public static @Nullable LwktThread next(LwktThread td) {
        return td.threadqNext;
    }

    /** Appends a thread. */
    public void insertTail(LwktThread td) {
        LwktThread tail = last;
        td.threadqNext = null;
        td.threadqPrev = tail;
        if (tail == null) {
            first = td;
        } else {
            tail.threadqNext = td;
        }
        last = td;
    }

    /** Inserts a thread before one that is queued. */
    public void insertBefore(LwktThread xtd, LwktThread td) {
        LwktThread prev = xtd.threadqPrev;
        td.threadqNext = xtd;
        td.threadqPrev = prev;
        xtd.threadqPrev = td;
        if (prev == null) {
            first = td;
        } else {
            prev.threadqNext = td;
        }
    }

    /** Removes a queued thread. */
    public void remove(LwktThread td) {
        LwktThread next = td.threadqNext;
        LwktThread prev = td.threadqPrev;
        if (prev == null) {
            first = next;
        } else {
            prev.threadqNext = next;
        }
        if (next == null) {
            last = prev;
        } else {
            next.threadqPrev = prev;
        }
        td.threadqNext = null;
        td.threadqPrev = null;
    }
}
