package dev.swtch.ule.kern;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The threads that sleep on one channel, in two sub-queues: {@code struct sleepqueue}, sys/kern/subr_sleepqueue.c. */
final class SleepQueue {
    static final int NR_SLEEPQS = 2;

    private final List<Tailq<UleThread>> blocked = List.of(new Tailq<>(), new Tailq<>());

    /** Its place in the hash chain, or among the spare queues of a channel. */
    final Tailq.Link<SleepQueue> hash = new Tailq.Link<>(this);

    /** Queues of the threads that sleep here too. */
    final Tailq<SleepQueue> free = new Tailq<>();

    long wchan;
    int type;

    @Nullable
    SleepMtx lock;

    /** A sub-queue. */
    Tailq<UleThread> blocked(int queue) {
        return blocked.get(queue);
    }
}
