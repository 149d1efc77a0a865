package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/**
 * {@code gd_tdrunq}: runnable threads linked by {@code td_threadq}, sorted by priority.
 *
 * <p>The kernel walks the list from the head to find a thread's place. Here the last thread of each priority is known
 * and how many there are, so that the place is found, and the length of the walk told, without making it.
 */
public final class RunQueue {
    /** More than there are: nothing stops a thread from giving another one a priority above TDPRI_MAX. */
    private static final int PRIORITIES = Long.SIZE;

    private final @Nullable LwktThread[] lastOf = new LwktThread[PRIORITIES];
    private final int[] countOf = new int[PRIORITIES];
    private long priorities;
    private @Nullable LwktThread first;

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

    /** Number of threads of a priority or better: how many a walk from the head passes to get behind them. */
    public int countFrom(int pri) {
        int count = 0;
        for (long left = priorities >>> pri << pri; left != 0; left &= left - 1) {
            count += countOf[Long.numberOfTrailingZeros(left)];
        }
        return count;
    }

    /** Number of threads of a priority. */
    public int countOf(int pri) {
        return countOf[pri];
    }

    /** Inserts a thread behind all of its priority or a better one. */
    public void insertBehindEquals(LwktThread td) {
        long better = priorities >>> td.pri << td.pri;
        link(better == 0 ? null : lastOf[Long.numberOfTrailingZeros(better)], td);
        lastOf[td.pri] = td;
    }

    /** Inserts a thread before a queued one of its priority. */
    public void insertBeforeEqual(LwktThread xtd, LwktThread td) {
        link(xtd.threadqPrev, td);
    }

    private void link(@Nullable LwktThread prev, LwktThread td) {
        LwktThread next = prev == null ? first : prev.threadqNext;
        td.threadqPrev = prev;
        td.threadqNext = next;
        if (prev == null) {
            first = td;
        } else {
            prev.threadqNext = td;
        }
        if (next != null) {
            next.threadqPrev = td;
        }
        countOf[td.pri]++;
        priorities |= 1L << td.pri;
    }

    /** Removes a queued thread. */
    public void remove(LwktThread td) {
        LwktThread next = td.threadqNext;
        LwktThread prev = td.threadqPrev;
        int pri = td.pri;
        if (--countOf[pri] == 0) {
            priorities &= ~(1L << pri);
            lastOf[pri] = null;
        } else if (lastOf[pri] == td) {
            lastOf[pri] = prev;
        }
        if (prev == null) {
            first = next;
        } else {
            prev.threadqNext = next;
        }
        if (next != null) {
            next.threadqPrev = prev;
        }
        td.threadqNext = null;
        td.threadqPrev = null;
    }
}
