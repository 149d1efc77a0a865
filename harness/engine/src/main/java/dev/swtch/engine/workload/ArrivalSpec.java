package dev.swtch.engine.workload;

import org.jspecify.annotations.Nullable;

/**
 * Something that arrives from outside, whatever the threads do: open load, in the source form.
 *
 * @param name unique among them; its random stream depends on it
 * @param process by what law it arrives
 * @param startNs from when on, ns after the start of the run
 * @param stopNs from when on not any more, ns after the start of the run, or {@link #FOREVER}
 * @param limit how many arrive at most, or 0 for any number
 * @param room how many of its threads there can be at a time; who comes when there are as many is turned away; 0 for any
 *     number
 * @param cpu CPU that notices it
 * @param each what happens each time
 * @param place where it was written, or null
 */
public record ArrivalSpec(
        String name,
        ArrivalProcess process,
        long startNs,
        long stopNs,
        long limit,
        int room,
        int cpu,
        ArrivalTarget each,
        @Nullable Place place) {
    /** A stop that never comes. */
    public static final long FOREVER = Long.MAX_VALUE;

    /** Most of them in a workload; each has an interrupt line of its own. */
    public static final int MOST = 1_000;

    /** From the start of the run to its end, without limits, noticed by the first CPU. */
    public static ArrivalSpec of(String name, ArrivalProcess process, ArrivalTarget each) {
        return new ArrivalSpec(name, process, 0, FOREVER, 0, 0, 0, each, null);
    }
}
