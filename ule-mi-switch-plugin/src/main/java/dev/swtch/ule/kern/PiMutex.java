package dev.swtch.ule.kern;

import org.jspecify.annotations.Nullable;

/** A user mutex whose owner inherits, as the kernel knows it while it is contested: {@code struct umtx_pi}. */
final class PiMutex {
    /** The waiters, the best first, the longest waiting among equals: {@code pi_blocked}. */
    private final Tailq<UleThread> blocked = new Tailq<>();

    /** Its place among the owner's contested ones. */
    private final Tailq.Link<PiMutex> link = new Tailq.Link<>(this);

    private @Nullable UleThread owner;

    @Nullable
    UleThread owner() {
        return owner;
    }

    /** The best waiter. */
    @Nullable
    UleThread first() {
        return blocked.first();
    }

    /** The next of the owner's contested ones. */
    @Nullable
    PiMutex nextContested() {
        return link.next();
    }

    /** {@code UPRI}: all timeshare priorities count alike. */
    static int upri(UleThread td) {
        boolean timeshare = td.userPri >= Pri.PRI_MIN_TIMESHARE && td.userPri <= Pri.PRI_MAX_TIMESHARE;
        return timeshare ? Pri.PRI_MAX_TIMESHARE : td.userPri;
    }

    /** {@code umtx_pi_setowner}, sys/kern/kern_umtx.c. */
    void setOwner(UleThread td) {
        owner = td;
        td.piContested.insertTail(link);
    }

    /** {@code umtx_pi_disown}, sys/kern/kern_umtx.c; nothing if nobody owns it. */
    void disown() {
        UleThread td = owner;
        if (td != null) {
            td.piContested.remove(link);
            owner = null;
        }
    }

    void insert(UleThread td) {
        int pri = upri(td);
        UleThread worse = blocked.first();
        while (worse != null && upri(worse) <= pri) {
            worse = worse.umtxLink.next();
        }
        blocked.insertBefore(worse == null ? null : worse.umtxLink, td.umtxLink);
    }

    void remove(UleThread td) {
        blocked.remove(td.umtxLink);
    }

    /** Moves a waiter whose priority changed if it is out of order: {@code umtx_pi_adjust_thread}. */
    void adjustThread(UleThread td) {
        UleThread prev = td.umtxLink.prev();
        UleThread next = td.umtxLink.next();
        if (prev != null && upri(td) < upri(prev) || next != null && upri(td) > upri(next)) {
            remove(td);
            insert(td);
        }
    }

    /** The mutex the owner waits for: {@code umtx_pi_next}. */
    private @Nullable PiMutex next() {
        return owner == null ? null : owner.piBlocked;
    }

    /** Whether the owners wait for each other in a circle: {@code umtx_pi_check_loop}, sys/kern/kern_umtx.c. */
    boolean isInLoop() {
        PiMutex slow = this;
        PiMutex fast = this;
        for (; ; ) {
            slow = slow.next();
            fast = fast.next();
            fast = fast == null ? null : fast.next();
            if (slow == null || fast == null) {
                return false;
            }
            if (slow == fast) {
                return true;
            }
        }
    }
}
