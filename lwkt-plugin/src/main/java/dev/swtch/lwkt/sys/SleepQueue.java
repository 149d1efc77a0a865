package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/** {@code gd_tsleep_hash}: a CPU's sleeping threads, linked by {@code td_sleepq}, in queues by ident. */
public final class SleepQueue {
    private final @Nullable LwktThread[] first = new LwktThread[Ident.TABLESIZE];
    private final @Nullable LwktThread[] last = new LwktThread[Ident.TABLESIZE];

    /** The head of a queue; null if it is empty. */
    public @Nullable LwktThread first(int id) {
        return first[id];
    }

    /** The successor of a queued thread; null for the last. */
    public static @Nullable LwktThread next(LwktThread td) {
        return td.sleepqNext;
    }

    /** Appends a thread. */
    public void insertTail(int id, LwktThread td) {
        LwktThread tail = last[id];
        td.sleepqNext = null;
        td.sleepqPrev = tail;
        if (tail == null) {
            first[id] = td;
        } else {
            tail.sleepqNext = td;
        }
        last[id] = td;
    }

    /** Removes a queued thread. */
    public void remove(int id, LwktThread td) {
        LwktThread next = td.sleepqNext;
        LwktThread prev = td.sleepqPrev;
        if (prev == null) {
            first[id] = next;
        } else {
            prev.sleepqNext = next;
        }
        if (next == null) {
            last[id] = prev;
        } else {
            next.sleepqPrev = prev;
        }
        td.sleepqNext = null;
        td.sleepqPrev = null;
    }
}
