package dev.swtch.machine.topology;

import java.util.Arrays;

/** A mutable set of CPU numbers, 0 to one below its fixed capacity. */
public final class CpuSet {
    private final long[] words;
    private final int capacity;

    private CpuSet(int capacity, long[] words) {
        this.capacity = capacity;
        this.words = words;
    }

    /** An empty set for CPUs 0 to capacity - 1. */
    public static CpuSet none(int capacity) {
        return new CpuSet(capacity, new long[(capacity + 63) >> 6]);
    }

    /** The set of all CPUs 0 to capacity - 1. */
    public static CpuSet all(int capacity) {
        CpuSet set = none(capacity);
        set.addAll();
        return set;
    }

    /** A set with the given members. */
    public static CpuSet of(int capacity, int... cpus) {
        CpuSet set = none(capacity);
        for (int cpu : cpus) {
            set.add(cpu);
        }
        return set;
    }

    /** Number of CPUs this set can name. */
    public int capacity() {
        return capacity;
    }

    /** Adds a CPU. */
    public void add(int cpu) {
        words[cpu >> 6] |= 1L << cpu;
    }

    /** Removes a CPU. */
    public void remove(int cpu) {
        words[cpu >> 6] &= ~(1L << cpu);
    }

    /** Adds every CPU. */
    public void addAll() {
        Arrays.fill(words, -1L);
        if ((capacity & 63) != 0) {
            words[words.length - 1] = (1L << capacity) - 1;
        }
    }

    /** Removes every CPU. */
    public void clear() {
        Arrays.fill(words, 0L);
    }

    /** Whether the CPU is a member. */
    public boolean contains(int cpu) {
        return (words[cpu >> 6] >> cpu & 1) != 0;
    }

    /** Makes this set equal to another of the same capacity. */
    public void copyFrom(CpuSet other) {
        System.arraycopy(other.words, 0, words, 0, words.length);
    }

    /** Keeps only the members that are also in the other set. */
    public void retain(CpuSet other) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= other.words[i];
        }
    }

    /** Removes the members that are in the other set. */
    public void removeAll(CpuSet other) {
        for (int i = 0; i < words.length; i++) {
            words[i] &= ~other.words[i];
        }
    }

    /** Whether the two sets have a member in common. */
    public boolean intersects(CpuSet other) {
        for (int i = 0; i < words.length; i++) {
            if ((words[i] & other.words[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is no member. */
    public boolean isEmpty() {
        for (long word : words) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    /** Number of members. */
    public int size() {
        int n = 0;
        for (long word : words) {
            n += Long.bitCount(word);
        }
        return n;
    }

    /** The lowest member that is at least {@code from}, or -1. */
    public int next(int from) {
        int i = from >> 6;
        if (i >= words.length) {
            return -1;
        }
        long word = words[i] & -1L << from;
        while (word == 0) {
            if (++i == words.length) {
                return -1;
            }
            word = words[i];
        }
        return (i << 6) + Long.numberOfTrailingZeros(word);
    }

    /** The lowest member, or -1. */
    public int first() {
        return next(0);
    }

    /** The 64 members from 64 times {@code word} on as a bit mask; bit 0 is the lowest CPU. */
    public long word(int word) {
        return words[word];
    }

    /** A copy that changes on its own. */
    public CpuSet copy() {
        return new CpuSet(capacity, words.clone());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CpuSet set && Arrays.equals(words, set.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    /** The members as ranges: {@code 0-3,8}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int cpu = first(); cpu >= 0; ) {
            int last = cpu;
            while (last + 1 < capacity && contains(last + 1)) {
                last++;
            }
            text.append(text.length() == 0 ? "" : ",").append(cpu);
            if (last > cpu) {
                text.append('-').append(last);
            }
            cpu = last + 1 < capacity ? next(last + 1) : -1;
        }
        return text.toString();
    }
}
