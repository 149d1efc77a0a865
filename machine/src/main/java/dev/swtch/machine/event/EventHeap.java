package dev.swtch.machine.event;

import java.util.Arrays;

/**
 * Pending events ordered by (time, slot), each packed in one long.
 *
 * <p>A slot belongs to its source for good, so equal times fall in the same order whatever happened before, and
 * re-arming a slot is a sift, never an allocation. The heap is binary with a branch-free choice of the smaller
 * child; a sentinel behind the last element stands in for a missing right child.
 */
public final class EventHeap {
    /** Bits of a packed event that hold the slot. */
    public static final int SLOT_BITS = 21;

    /** First simulated time, in ns, that a packed event cannot hold: 2^42, about 73 minutes. */
    public static final long TIME_LIMIT = 1L << 42;

    private static final int NONE = -1;
    private static final long SLOT_MASK = (1L << SLOT_BITS) - 1;

    private final long[] heap;
    private final int[] position;
    private int size;

    /** Slot whose event is being handled and may be armed again in place; {@link #NONE} if none is. */
    private int firing = NONE;

    private boolean rearmed;

    /**
     * Makes an empty heap.
     *
     * @param slots number of event sources, 1 to 2^21
     */
    public EventHeap(int slots) {
        if (slots < 1 || slots > SLOT_MASK) {
            throw new IllegalArgumentException("slots out of range: " + slots);
        }
        heap = new long[slots + 2];
        position = new int[slots];
        Arrays.fill(heap, Long.MAX_VALUE);
    }

    /** Arms a slot at a time in ns, or moves it there if it was armed. */
    public void arm(int slot, long timeNs) {
        if (timeNs < 0 || timeNs >= TIME_LIMIT) {
            throw new IllegalArgumentException("time out of range (0 to 2^42 ns): " + timeNs);
        }
        if (slot == firing) {
            rearmed = true;
        }
        long event = timeNs << SLOT_BITS | slot;
        int at = position[slot];
        if (at == 0) {
            siftUp(++size, event);
        } else if (event < heap[at]) {
            siftUp(at, event);
        } else {
            siftDown(at, event);
        }
    }

    /** Disarms a slot; nothing happens if it was not armed. */
    public void cancel(int slot) {
        if (slot == firing) {
            firing = NONE;
        }
        int at = position[slot];
        if (at == 0) {
            return;
        }
        position[slot] = 0;
        long last = heap[size];
        heap[size--] = Long.MAX_VALUE;
        if (at > size) {
            return;
        }
        if (at > 1 && last < heap[at >> 1]) {
            siftUp(at, last);
        } else {
            siftDown(at, last);
        }
    }

    /** The earliest event, packed, or {@link Long#MAX_VALUE} if none is pending. */
    public long first() {
        return heap[1];
    }

    /** Removes the earliest event and returns it, packed; only when one is pending. */
    public long takeFirst() {
        long first = heap[1];
        position[slotOf(first)] = 0;
        long last = heap[size];
        heap[size--] = Long.MAX_VALUE;
        if (size > 0) {
            siftDown(1, last);
        }
        return first;
    }

    /**
     * Begins to handle the earliest event, and returns it, packed. Until {@link #endFirst} its slot may be armed again,
     * which then is one sift instead of a removal and an insertion; only when an event is pending.
     */
    public long beginFirst() {
        long first = heap[1];
        firing = slotOf(first);
        rearmed = false;
        return first;
    }

    /** Ends the handling of an event: it is gone unless its slot was armed again. */
    public void endFirst() {
        int slot = firing;
        if (slot != NONE && !rearmed) {
            cancel(slot);
        }
        firing = NONE;
    }

    /** Whether the slot is armed. */
    public boolean isArmed(int slot) {
        return position[slot] != 0 && (slot != firing || rearmed);
    }

    /** The time in ns at which an armed slot is due. */
    public long timeOfSlot(int slot) {
        return timeOf(heap[position[slot]]);
    }

    /** Number of pending events. */
    public int size() {
        return size;
    }

    /** The time in ns of a packed event. */
    public static long timeOf(long event) {
        return event >> SLOT_BITS;
    }

    /** The slot of a packed event. */
    public static int slotOf(long event) {
        return (int) (event & SLOT_MASK);
    }

    private void siftUp(int from, long event) {
        int at = from;
        while (at > 1) {
            int parent = at >> 1;
            long above = heap[parent];
            if (above <= event) {
                break;
            }
            heap[at] = above;
            position[slotOf(above)] = at;
            at = parent;
        }
        heap[at] = event;
        position[slotOf(event)] = at;
    }

    private void siftDown(int from, long event) {
        int at = from;
        int half = size >> 1;
        while (at <= half) {
            int child = at << 1;
            child += (int) ((heap[child + 1] - heap[child]) >>> 63);
            long below = heap[child];
            if (event <= below) {
                break;
            }
            heap[at] = below;
            position[slotOf(below)] = at;
            at = child;
        }
        heap[at] = event;
        position[slotOf(event)] = at;
    }
}
