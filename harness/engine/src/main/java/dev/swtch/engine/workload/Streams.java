package dev.swtch.engine.workload;

/**
 * Counter-based random streams: draw {@code n} of a stream is a pure function of (key, n).
 *
 * <p>The generator is SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", OOPSLA 2014)
 * entered at any position, so a stream needs no object and no order: the draws of one thread do not depend on what any
 * other thread does, nor on the scheduler.
 */
public final class Streams {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Streams() {}

    /**
     * The key of everything one thread (or device) draws.
     *
     * @param seed the workload's seed
     * @param path the thread's path name, or {@code device:} and the device's name
     */
    public static long key(long seed, String path) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * FNV_PRIME;
        }
        return mix(hash + mix(seed + GOLDEN_GAMMA));
    }

    /**
     * The key of a forked thread, from its parent's key, so that it does not depend on who else forks when.
     *
     * @param parentKey key of the forking thread
     * @param thread index of the fork target in the thread table
     * @param number how many threads of that target the parent had forked before
     */
    public static long childKey(long parentKey, int thread, long number) {
        return draw(stepKey(parentKey, ~thread), number);
    }

    /**
     * The key of one stream.
     *
     * @param threadKey key of the thread
     * @param step ordinal of the step in the thread's program
     */
    public static long stepKey(long threadKey, int step) {
        return mix(threadKey + (step + 1L) * GOLDEN_GAMMA);
    }

    /**
     * Draw {@code n} of a stream: 64 uniformly distributed bits.
     *
     * @param key key of the stream
     * @param n how many draws came before, from 0
     */
    public static long draw(long key, long n) {
        return mix(key + (n + 1) * GOLDEN_GAMMA);
    }

    /** The finalizer of SplitMix64: a bijection of 64 bits (Stafford's variant 13). */
    static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
