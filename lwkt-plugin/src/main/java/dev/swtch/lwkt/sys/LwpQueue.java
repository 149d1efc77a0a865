package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/** A user run queue: LWPs linked by {@code lwp_procq}. */
public final class LwpQueue {
    private @Nullable Lwp first;
    private @Nullable Lwp last;

    /** The head; null if the queue is empty. */
    public @Nullable Lwp first() {
        return first;
    }

    /** The tail; null if the queue is empty. */
    public @Nullable Lwp last() {
        return last;
    }

    /** The successor of a queued LWP; null for the last. */
    public static @Nullable Lwp next(Lwp lp) {
        return lp.procqNext;
    }

    /** Appends an LWP. */
    public void insertTail(Lwp lp) {
        Lwp tail = last;
        lp.procqNext = null;
        lp.procqPrev = tail;
        if (tail == null) {
            first = lp;
        } else {
            tail.procqNext = lp;
        }
        last = lp;
    }

    /** Puts an LWP at the head. */
    public void insertHead(Lwp lp) {
        Lwp head = first;
        lp.procqPrev = null;
        lp.procqNext = head;
        if (head == null) {
            last = lp;
        } else {
            head.procqPrev = lp;
        }
        first = lp;
    }

    /** Removes a queued LWP. */
    public void remove(Lwp lp) {
        Lwp next = lp.procqNext;
        Lwp prev = lp.procqPrev;
        if (prev == null) {
            first = next;
        } else {
            prev.procqNext = next;
        }
        if (next == null) {
            last = prev;
        } else {
            next.procqPrev = prev;
        }
        lp.procqNext = null;
        lp.procqPrev = null;
    }
}
