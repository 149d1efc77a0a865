package dev.swtch.spi.timer;

import dev.swtch.spi.thread.KThread;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Threads ordered by deadline in ns, equal ones by thread number: a binary heap that grows but never shrinks.
 *
 * <p>A thread is in at most one place of the queue; {@link #remove} looks for it from the end and is meant for the rare
 * wait that ends before its timeout.
 */
public final class DeadlineQueue {
    private long[] deadlines = new long[8];
    private @Nullable KThread[] threads = new KThread[8];
    private int size;

    /** An empty queue. */
    public DeadlineQueue() {}

    /** Adds a thread. */
    public void add(KThread thread, long deadlineNs) {
        if (size == deadlines.length) {
            deadlines = Arrays.copyOf(deadlines, size * 2);
            threads = Arrays.copyOf(threads, size * 2);
        }
        siftUp(size++, deadlineNs, thread);
    }

    /** Earliest deadline in ns, or {@link Long#MAX_VALUE}. */
    public long firstDeadline() {
        return size == 0 ? Long.MAX_VALUE : deadlines[0];
    }

    /** Removes and returns the thread with the earliest deadline if that is not after {@code nowNs}; else null. */
    public @Nullable KThread pollDue(long nowNs) {
        if (size == 0 || deadlines[0] > nowNs) {
            return null;
        }
        KThread first = threads[0];
        removeAt(0);
        return first;
    }

    /** Removes a thread; false if it is not in the queue. */
    public boolean remove(KThread thread) {
        for (int at = size - 1; at >= 0; at--) {
            if (threads[at] == thread) {
                removeAt(at);
                return true;
            }
        }
        return false;
    }

    private void removeAt(int at) {
        long deadline = deadlines[--size];
        KThread last = threads[size];
        threads[size] = null;
        if (at < size && last != null) {
            siftDown(at, deadline, last);
            if (threads[at] == last) {
                siftUp(at, deadline, last);
            }
        }
    }

    private void siftUp(int from, long deadline, KThread thread) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >> 1;
            if (!before(deadline, thread, parent)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        deadlines[at] = deadline;
        threads[at] = thread;
    }

    private void siftDown(int from, long deadline, KThread thread) {
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && before(deadlines[child + 1], threads[child + 1], child)) {
                child++;
            }
            if (before(deadline, thread, child)) {
                break;
            }
            move(child, at);
            at = child;
        }
        deadlines[at] = deadline;
        threads[at] = thread;
    }

    private void move(int from, int to) {
        deadlines[to] = deadlines[from];
        threads[to] = threads[from];
    }

    private boolean before(long deadline, @Nullable KThread thread, int at) {
        KThread other = threads[at];
        return deadline < deadlines[at]
                || deadline == deadlines[at] && thread != null && other != null && thread.number() < other.number();
    }
}
