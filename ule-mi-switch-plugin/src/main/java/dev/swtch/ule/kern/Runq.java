package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SRQ_PREEMPTED;

import org.jspecify.annotations.Nullable;

/** A run queue of 64 FIFO lists with a bit map of those that are not empty: {@code struct runq}, kern_switch.c. */
final class Runq {
    /** Number of lists. */
    static final int RQ_NQS = 64;

    /** Priorities that share a list. */
    static final int RQ_PPQ = 4;

    private final @Nullable UleThread[] head = new UleThread[RQ_NQS];
    private final @Nullable UleThread[] tail = new UleThread[RQ_NQS];
    private long bits;

    /** Adds by priority: {@code runq_add}, kern_switch.c. */
    void runqAdd(UleThread td, int flags) {
        runqAddPri(td, td.priority / RQ_PPQ, flags);
    }

    /** Adds to a given list, at its head if preempted: {@code runq_add_pri}, kern_switch.c. */
    void runqAddPri(UleThread td, int pri, int flags) {
        td.rqindex = pri;
        UleThread first = head[pri];
        UleThread last = tail[pri];
        if (first == null || last == null) {
            td.runqNext = null;
            td.runqPrev = null;
            head[pri] = td;
            tail[pri] = td;
            bits |= 1L << pri;
        } else if ((flags & SRQ_PREEMPTED) != 0) {
            td.runqNext = first;
            td.runqPrev = null;
            first.runqPrev = td;
            head[pri] = td;
        } else {
            td.runqNext = null;
            td.runqPrev = last;
            last.runqNext = td;
            tail[pri] = td;
        }
    }

    /**
     * Removes a thread: {@code runq_remove_idx}, kern_switch.c.
     *
     * @param ridx index that moves on if it names the list that becomes empty
     * @return the index, moved on or not
     */
    int runqRemoveIdx(UleThread td, int ridx) {
        int pri = td.rqindex;
        UleThread next = td.runqNext;
        UleThread prev = td.runqPrev;
        if (prev == null) {
            head[pri] = next;
        } else {
            prev.runqNext = next;
        }
        if (next == null) {
            tail[pri] = prev;
        } else {
            next.runqPrev = prev;
        }
        td.runqNext = null;
        td.runqPrev = null;
        if (head[pri] != null) {
            return ridx;
        }
        bits &= ~(1L << pri);
        return ridx == pri ? (pri + 1) % RQ_NQS : ridx;
    }

    /** First thread of the best list: {@code runq_choose}, kern_switch.c. */
    @Nullable
    UleThread runqChoose() {
        return bits == 0 ? null : head[Long.numberOfTrailingZeros(bits)];
    }

    /** First thread of the first list from an index on, wrapping once: {@code runq_choose_from}, kern_switch.c. */
    @Nullable
    UleThread runqChooseFrom(int idx) {
        if (bits == 0) {
            return null;
        }
        long rotated = Long.rotateRight(bits, idx);
        return head[(Long.numberOfTrailingZeros(rotated) + idx) % RQ_NQS];
    }

    /** Whether one of the lists is empty. */
    boolean isEmpty(int pri) {
        return (bits >> pri & 1) == 0;
    }

    /** The lists that are not empty, as bits. */
    long bits() {
        return bits;
    }

    /** Head of a list. */
    @Nullable
    UleThread first(int pri) {
        return head[pri];
    }
}
