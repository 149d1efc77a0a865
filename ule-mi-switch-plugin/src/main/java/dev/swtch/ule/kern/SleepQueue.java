package dev.swtch.ule.kern;

import org.jspecify.annotations.Nullable;

/** The threads that sleep on one channel, in two sub-queues: {@code struct sleepqueue}, sys/kern/subr_sleepqueue.c. */
final class SleepQueue {
    static final int NR_SLEEPQS = 2;

    private final @Nullable UleThread[] head = new UleThread[NR_SLEEPQS];
    private final @Nullable UleThread[] tail = new UleThread[NR_SLEEPQS];

    /** Neighbours in the hash chain, or in the list of spare queues of a channel. */
    @Nullable
    SleepQueue hashNext;

    private @Nullable SleepQueue hashPrev;
    private @Nullable SleepQueue free;
    long wchan;
    int type;

    @Nullable
    SleepMtx lock;

    @Nullable
    UleThread first(int queue) {
        return head[queue];
    }

    @Nullable
    UleThread last(int queue) {
        return tail[queue];
    }

    /** Appends a thread to a sub-queue. */
    void add(UleThread td, int queue) {
        UleThread last = tail[queue];
        td.slpqPrev = last;
        td.slpqNext = null;
        if (last == null) {
            head[queue] = td;
        } else {
            last.slpqNext = td;
        }
        tail[queue] = td;
    }

    /** Takes a thread off a sub-queue. */
    void remove(UleThread td, int queue) {
        UleThread next = td.slpqNext;
        UleThread prev = td.slpqPrev;
        if (prev == null) {
            head[queue] = next;
        } else {
            prev.slpqNext = next;
        }
        if (next == null) {
            tail[queue] = prev;
        } else {
            next.slpqPrev = prev;
        }
        td.slpqNext = null;
        td.slpqPrev = null;
    }

    /** Keeps the queue of a thread that sleeps here too. */
    void addFree(SleepQueue spare) {
        SleepQueue next = free;
        spare.hashNext = next;
        if (next != null) {
            next.hashPrev = spare;
        }
        free = spare;
    }

    /** A spare queue, or null if there is none left and the leaving thread takes this one. */
    @Nullable
    SleepQueue takeFree() {
        SleepQueue spare = free;
        if (spare == null) {
            return null;
        }
        free = spare.hashNext;
        if (free != null) {
            free.hashPrev = null;
        }
        spare.hashNext = null;
        return spare;
    }

    /** Puts the queue at the head of a hash chain that begins with {@code first}. */
    void linkBefore(@Nullable SleepQueue first) {
        hashNext = first;
        hashPrev = null;
        if (first != null) {
            first.hashPrev = this;
        }
    }

    /** Takes the queue out of a hash chain that begins with {@code first}; returns what it begins with then. */
    @Nullable
    SleepQueue unlink(@Nullable SleepQueue first) {
        SleepQueue next = hashNext;
        SleepQueue prev = hashPrev;
        if (next != null) {
            next.hashPrev = prev;
        }
        if (prev != null) {
            prev.hashNext = next;
        }
        hashNext = null;
        hashPrev = null;
        return prev == null ? next : first;
    }
}
