package dev.swtch.ule.kern;

import org.jspecify.annotations.Nullable;

/** One chain of the hash table of sleep queues: {@code struct sleepqueue_chain}, sys/kern/subr_sleepqueue.c. */
final class SleepqChain {
    /** Number of chains. */
    static final int SC_TABLESIZE = 256;

    private static final int SC_SHIFT = 8;

    final Mtx lock;

    final Tailq<SleepQueue> queues = new Tailq<>();

    SleepqChain(int number) {
        lock = new Mtx("sleepq chain " + number);
    }

    /** {@code SC_HASH}: the chain of a channel. */
    static int hash(long wchan) {
        return (int) ((wchan >>> SC_SHIFT ^ wchan) & SC_TABLESIZE - 1);
    }

    /** The queue of a channel; null if nobody sleeps on it: {@code sleepq_lookup}. */
    @Nullable
    SleepQueue lookup(long wchan) {
        for (SleepQueue sq = queues.first(); sq != null; sq = sq.hash.next()) {
            if (sq.wchan == wchan) {
                return sq;
            }
        }
        return null;
    }
}
