package dev.swtch.lwkt.sys;

import java.util.Arrays;

/**
 * {@code cpumask_t}: a set of CPUs of fixed size.
 *
 * <p>Deviation: the seed has one word of 64 bits, of which one is a lock, hence {@code SMP_MAXCPU} 63. This is the later
 * kernel's set of four words (2014, commit 06c66eb243), with {@code SMP_MAXCPU} 256.
 */
public final class Cpumask {
    /** {@code SMP_MAXCPU}. */
    public static final int SMP_MAXCPU = 256;

    /** Words of a set. */
    public static final int WORDS = SMP_MAXCPU / Long.SIZE;

    private final long[] words = new long[WORDS];

    /** An empty set. */
    public Cpumask() {}

    /** {@code CPUMASK_SIMPLE}: a set of one CPU. */
    public static Cpumask of(int cpu) {
        Cpumask mask = new Cpumask();
        mask.add(cpu);
        return mask;
    }

    /** The set of the first CPUs. */
    public static Cpumask first(int count) {
        Cpumask mask = new Cpumask();
        mask.addRange(0, count);
        return mask;
    }

    /** {@code CPUMASK_ORBIT}. */
    public void add(int cpu) {
        words[cpu >> 6] |= 1L << cpu;
    }

    /** Adds consecutive CPUs. */
    public void addRange(int first, int count) {
        for (int cpu = first; cpu < first + count; cpu++) {
            add(cpu);
        }
    }

    /** {@code CPUMASK_ASSALLONES}. */
    public void addAll() {
        Arrays.fill(words, -1L);
    }

    /** {@code CPUMASK_NANDBIT}. */
    public void remove(int cpu) {
        words[cpu >> 6] &= ~(1L << cpu);
    }

    /** {@code CPUMASK_ASSZERO}. */
    public void clear() {
        Arrays.fill(words, 0);
    }

    /** Becomes the set of the CPUs of one word, numbered from 0. */
    public void assign(long word) {
        clear();
        words[0] = word;
    }

    /** Sets the CPUs from 64 times {@code index} on. */
    public void setWord(int index, long word) {
        words[index] = word;
    }

    /** Becomes equal to another set. */
    public void copyFrom(Cpumask other) {
        System.arraycopy(other.words, 0, words, 0, WORDS);
    }

    /** {@code CPUMASK_ANDMASK}. */
    public void retain(Cpumask other) {
        for (int i = 0; i < WORDS; i++) {
            words[i] &= other.words[i];
        }
    }

    /** {@code CPUMASK_NANDMASK}. */
    public void removeAll(Cpumask other) {
        for (int i = 0; i < WORDS; i++) {
            words[i] &= ~other.words[i];
        }
    }

    /** {@code CPUMASK_TESTBIT}. */
    public boolean has(int cpu) {
        return (words[cpu >> 6] >>> cpu & 1) != 0;
    }

    /** {@code CPUMASK_TESTZERO}. */
    public boolean isEmpty() {
        return (words[0] | words[1] | words[2] | words[3]) == 0;
    }

    /** {@code CPUMASK_CMPMASKEQ}: whether the sets are equal. */
    public boolean same(Cpumask other) {
        return Arrays.equals(words, other.words);
    }

    /** The CPUs from 64 times {@code index} on. */
    public long word(int index) {
        return words[index];
    }

    /** {@code BSFCPUMASK}: the lowest CPU; -1 if there is none. */
    public int lowest() {
        return next(0);
    }

    /** {@code BSRCPUMASK}: the highest CPU; -1 if there is none. */
    public int highest() {
        for (int i = WORDS - 1; i >= 0; i--) {
            if (words[i] != 0) {
                return (i << 6) + 63 - Long.numberOfLeadingZeros(words[i]);
            }
        }
        return -1;
    }

    /** The lowest CPU that is at least {@code from}; -1 if there is none. */
    public int next(int from) {
        int i = from >> 6;
        if (i >= WORDS) {
            return -1;
        }
        long word = words[i] & -1L << from;
        while (word == 0) {
            if (++i == WORDS) {
                return -1;
            }
            word = words[i];
        }
        return (i << 6) + Long.numberOfTrailingZeros(word);
    }

    /** Number of CPUs. */
    public int count() {
        int n = 0;
        for (long word : words) {
            n += Long.bitCount(word);
        }
        return n;
    }
}
