package dev.swtch.engine.result;

import java.util.List;

/**
 * How far a scheduler was from work conserving: intervals in which a CPU had nothing to do while a thread waited for a
 * CPU that was allowed on it. A result, never a fault.
 *
 * @param thresholdNs shorter intervals, such as the time an IPI takes, are left out, ns
 * @param count intervals
 * @param totalNs their sum, ns
 * @param longestNs the longest of them, ns
 * @param threads who waited, the longest first, at most {@link #MOST_THREADS}
 */
public record Idling(long thresholdNs, long count, long totalNs, long longestNs, List<Waiter> threads) {
    /** How many threads are named. */
    public static final int MOST_THREADS = 16;

    /** Nothing was left undone. */
    public static final Idling NONE = new Idling(0, 0, 0, 0, List.of());

    /** Copies the list. */
    public Idling {
        threads = List.copyOf(threads);
    }

    /**
     * A thread that waited while a CPU that it was allowed on idled.
     *
     * @param path its path
     * @param ns for how long, in waits in which that was the threshold or longer, ns
     */
    public record Waiter(String path, long ns) {}
}
