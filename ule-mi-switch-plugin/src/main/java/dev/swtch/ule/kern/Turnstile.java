package dev.swtch.ule.kern;

import org.jspecify.annotations.Nullable;

/**
 * The threads that wait for one mutex: {@code struct turnstile}, sys/kern/subr_turnstile.c.
 *
 * <p>Every thread brings one; while it waits, the mutex has it. Only exclusive waiters are modelled, for there are no
 * read locks.
 */
final class Turnstile {
    final Mtx lock = new Mtx("turnstile lock");

    /** The waiters, the best first. */
    final Tailq<UleThread> blocked = new Tailq<>();

    /** Its place in the hash chain, or among the spare turnstiles of a mutex. */
    final Tailq.Link<Turnstile> hash = new Tailq.Link<>(this);

    /** Turnstiles of the threads that wait here too. */
    final Tailq<Turnstile> free = new Tailq<>();

    /** Its place among the owner's contested mutexes. */
    private final Tailq.Link<Turnstile> link = new Tailq.Link<>(this);

    @Nullable
    SleepMtx lockobj;

    private @Nullable UleThread owner;

    /** The best waiter: {@code turnstile_first_waiter}. */
    @Nullable
    UleThread firstWaiter() {
        return blocked.first();
    }

    /** Who owns the mutex; null once it was given up. */
    @Nullable
    UleThread owner() {
        return owner;
    }

    /** The next of the owner's contested mutexes. */
    @Nullable
    Turnstile nextContested() {
        return link.next();
    }

    /** Inserts a waiter before the first with a strictly worse priority. */
    void insert(UleThread td) {
        UleThread worse = blocked.first();
        while (worse != null && worse.priority <= td.priority) {
            worse = worse.lockq.next();
        }
        blocked.insertBefore(worse == null ? null : worse.lockq, td.lockq);
    }

    /** Sets the mutex's owner and puts the turnstile at the head of its contested ones: {@code turnstile_setowner}. */
    void setOwner(UleThread td) {
        owner = td;
        td.contested.insertHead(link);
    }

    /** The owner gives the mutex up. */
    void clearOwner() {
        UleThread td = owner;
        if (td != null) {
            td.contested.remove(link);
            owner = null;
        }
    }
}
