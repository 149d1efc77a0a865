package dev.swtch.engine.workload;

import dev.swtch.spi.thread.ThreadClass;

/**
 * A thread of the compiled workload, made at the start, or the pattern of threads that are made on demand.
 *
 * @param path stable path name, such as {@code web/3}; of an on-demand entry the name of its kind
 * @param program index of its program
 * @param instance number among the instances of its kind, -1 for an on-demand entry
 * @param threadClass class
 * @param rank rank in the realtime class, higher is more urgent
 * @param nice nice value, -20 to 20
 * @param affinitySet index of its affinity set, -1 for all CPUs
 * @param affinitySets 1, or of how many sets from that one on it draws its own
 * @param startNs when it begins, ns after the start of the run; 0 for an on-demand entry
 * @param timerBaseNs where the time of its timers begins, ns after the start of the run, or {@link #OWN_START}
 * @param process index of its process
 * @param onDemand whether it is a fork target instead of a thread made at the start
 * @param key key of its random streams; a forked thread's is {@link Streams#childKey}
 */
public record ThreadEntry(
        String path,
        int program,
        int instance,
        ThreadClass threadClass,
        int rank,
        int nice,
        int affinitySet,
        int affinitySets,
        long startNs,
        long timerBaseNs,
        int process,
        boolean onDemand,
        long key) {
    /** Timer base of a thread whose timers count from its own begin. */
    public static final long OWN_START = -1;

    /** Of the streams of a thread, the one that its affinity set is drawn from; steps and forks have others. */
    private static final int AFFINITY_STREAM = Integer.MIN_VALUE;

    /**
     * Index of the affinity set of a thread made from this entry, -1 for all CPUs.
     *
     * @param threadKey the thread's own key
     */
    public int affinitySet(long threadKey) {
        return affinitySets == 1
                ? affinitySet
                : affinitySet
                        + (int) Draws.below(Streams.draw(Streams.stepKey(threadKey, AFFINITY_STREAM), 0), affinitySets);
    }
}
