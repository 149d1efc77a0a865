package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/** {@code struct softclock_pcpu}: a CPU's callouts in a wheel of ticks, and the thread that runs them. */
public final class Softclock {
    /** Number of buckets of the wheel; a power of 2. */
    public static final int WHEEL = 16384;

    /** The softclock thread. */
    public final LwktThread thread;

    /** The tick the wheel was worked off to. */
    public int softticks;

    /** The CPU's current tick. */
    public int curticks;

    /** Whether the thread is scheduled or running. */
    public boolean isrunning;

    /** The callout whose function runs; null for none. */
    public @Nullable Callout running;

    /** The callout the thread looks at next; adjusted when that one is removed. */
    public @Nullable Callout next;

    private final @Nullable Callout[] first = new Callout[WHEEL];
    private final @Nullable Callout[] last = new Callout[WHEEL];
    private int size;

    /** Makes an empty wheel worked off by a thread. */
    public Softclock(LwktThread thread) {
        this.thread = thread;
    }

    /** Number of callouts in the wheel. */
    public int size() {
        return size;
    }

    /** The head of the bucket of a tick; null if it is empty. */
    public @Nullable Callout first(int tick) {
        return first[tick & WHEEL - 1];
    }

    /** The successor of a callout in its bucket; null for the last. */
    public static @Nullable Callout next(Callout c) {
        return c.next;
    }

    /** Appends a callout to the bucket of its tick. */
    public void insertTail(Callout c) {
        ++size;
        int at = c.time & WHEEL - 1;
        Callout tail = last[at];
        c.next = null;
        c.prev = tail;
        if (tail == null) {
            first[at] = c;
        } else {
            tail.next = c;
        }
        last[at] = c;
    }

    /** Removes a callout from its bucket. */
    public void remove(Callout c) {
        --size;
        int at = c.time & WHEEL - 1;
        Callout after = c.next;
        Callout before = c.prev;
        if (before == null) {
            first[at] = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last[at] = before;
        } else {
            after.prev = before;
        }
        c.next = null;
        c.prev = null;
    }
}
