package dev.swtch.machine;

/**
 * Vectors that arrived at a CPU and were not taken yet, each with its arrival time, and the history of the path
 * they may have arrived in: from when on interrupts were closed or a critical section was held.
 */
final class PendingVectors {
    private static final int HISTORY = 64;
    private static final int CLOSED = 1;
    private static final int CRITICAL = 2;

    private final long[] arrivals = new long[Vector.END];
    private final long[] since = new long[HISTORY];
    private final int[] situation = new int[HISTORY];
    private int entries = 1;
    private long pending;
    private int now;
    private long pathEnd;

    /** Adds a vector; false if it was pending already. */
    boolean add(int vector, long arrivalNs) {
        long bit = 1L << vector;
        if ((pending & bit) != 0) {
            return false;
        }
        pending |= bit;
        arrivals[vector] = arrivalNs;
        return true;
    }

    boolean isEmpty() {
        return pending == 0;
    }

    /** Whether the earliest pending vector has arrived by an instant. */
    boolean isDue(long timeNs) {
        return pending != 0 && arrivals[first()] <= timeNs;
    }

    /** Arrival of the earliest pending vector in ns. */
    long firstArrival() {
        return arrivals[first()];
    }

    /** Whether the vector arrived and was not taken yet. */
    boolean contains(int vector) {
        return (pending & 1L << vector) != 0;
    }

    /** Forgets a vector. */
    void remove(int vector) {
        pending &= ~(1L << vector);
    }

    /** The earliest pending vector, the lowest among equals. */
    int first() {
        int best = Long.numberOfTrailingZeros(pending);
        for (long rest = pending & pending - 1; rest != 0; rest &= rest - 1) {
            int vector = Long.numberOfTrailingZeros(rest);
            if (arrivals[vector] < arrivals[best]) {
                best = vector;
            }
        }
        return best;
    }

    boolean isClosed() {
        return (now & CLOSED) != 0;
    }

    void setClosed(boolean closed, long cursor) {
        note(closed ? now | CLOSED : now & ~CLOSED, cursor);
    }

    void setCritical(boolean critical, long cursor) {
        note(critical ? now | CRITICAL : now & ~CRITICAL, cursor);
    }

    private void note(int next, long cursor) {
        if (next == now) {
            return;
        }
        now = next;
        int last = entries - 1;
        if (since[last] == cursor) {
            situation[last] = next;
        } else if (entries < HISTORY) {
            since[entries] = cursor;
            situation[entries++] = next;
        } else {
            // A path with more changes than this is far longer than any that is not parked: keep the latest.
            since[last] = cursor;
            situation[last] = next;
        }
    }

    /** A path begins: its history starts afresh unless something that arrived earlier still needs the old one. */
    void beginPath(long cursor) {
        if (pending == 0) {
            entries = 1;
            since[0] = cursor;
            situation[0] = now;
        }
    }

    void endPath(long cursor) {
        pathEnd = cursor;
    }

    /** In which situation a vector that arrived at an instant found the CPU. */
    Arrival situationAt(long arrivalNs) {
        if (arrivalNs >= pathEnd) {
            return (now & CRITICAL) != 0 ? Arrival.CRITICAL : Arrival.OPEN;
        }
        int at = entries - 1;
        while (at > 0 && since[at] > arrivalNs) {
            at--;
        }
        int was = situation[at];
        if ((was & CLOSED) != 0) {
            return Arrival.CLOSED;
        }
        return (was & CRITICAL) != 0 ? Arrival.CRITICAL : Arrival.OPEN;
    }
}
