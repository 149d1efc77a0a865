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
    private @Nullable UleThread head;
    private @Nullable UleThread tail;

    /** Neighbours in the hash chain, or in the list of spare turnstiles of a mutex. */
    @Nullable
    Turnstile hashNext;

    private @Nullable Turnstile hashPrev;
    private @Nullable Turnstile free;

    /** Neighbours in the owner's list of contested mutexes. */
    @Nullable
    Turnstile linkNext;

    private @Nullable Turnstile linkPrev;

    @Nullable
    SleepMtx lockobj;

    @Nullable
    UleThread owner;

    /** The best waiter: {@code turnstile_first_waiter}. */
    @Nullable
    UleThread firstWaiter() {
        return head;
    }

    /** Inserts a waiter before the first with a strictly worse priority. */
    void insert(UleThread td) {
        UleThread worse = head;
        while (worse != null && worse.priority <= td.priority) {
            worse = worse.lockqNext;
        }
        UleThread prev = worse == null ? tail : worse.lockqPrev;
        td.lockqPrev = prev;
        td.lockqNext = worse;
        if (prev == null) {
            head = td;
        } else {
            prev.lockqNext = td;
        }
        if (worse == null) {
            tail = td;
        } else {
            worse.lockqPrev = td;
        }
    }

    /** Takes a waiter off the list. */
    void remove(UleThread td) {
        UleThread next = td.lockqNext;
        UleThread prev = td.lockqPrev;
        if (prev == null) {
            head = next;
        } else {
            prev.lockqNext = next;
        }
        if (next == null) {
            tail = prev;
        } else {
            next.lockqPrev = prev;
        }
        td.lockqNext = null;
        td.lockqPrev = null;
    }

    /** Keeps the turnstile of a thread that waits here too. */
    void addFree(Turnstile spare) {
        spare.hashNext = free;
        free = spare;
    }

    /** A spare turnstile, or null if there is none left and the leaving thread takes this one. */
    @Nullable
    Turnstile takeFree() {
        Turnstile spare = free;
        if (spare != null) {
            free = spare.hashNext;
            spare.hashNext = null;
        }
        return spare;
    }

    /** Puts the turnstile at the head of a hash chain that begins with {@code first}. */
    void linkBefore(@Nullable Turnstile first) {
        hashNext = first;
        hashPrev = null;
        if (first != null) {
            first.hashPrev = this;
        }
    }

    /** Takes the turnstile out of a hash chain that begins with {@code first}; returns what it begins with then. */
    @Nullable
    Turnstile unlink(@Nullable Turnstile first) {
        Turnstile next = hashNext;
        Turnstile prev = hashPrev;
        if (next != null) {
            next.hashPrev = prev;
        }
        if (prev != null) {
            prev.hashNext = next;
        }
        hashNext = null;
        hashPrev = null;
        return prev == null ? next : first;
    }

    /** Sets the mutex's owner and puts the turnstile at the head of its contested ones: {@code turnstile_setowner}. */
    void setOwner(UleThread td) {
        owner = td;
        Turnstile next = td.contested;
        linkNext = next;
        linkPrev = null;
        if (next != null) {
            next.linkPrev = this;
        }
        td.contested = this;
    }

    /** The owner gives the mutex up. */
    void clearOwner() {
        UleThread td = owner;
        if (td == null) {
            return;
        }
        Turnstile next = linkNext;
        Turnstile prev = linkPrev;
        if (prev == null) {
            td.contested = next;
        } else {
            prev.linkNext = next;
        }
        if (next != null) {
            next.linkPrev = prev;
        }
        linkNext = null;
        linkPrev = null;
        owner = null;
    }
}
