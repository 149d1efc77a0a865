package dev.swtch.lwkt.sys;

import dev.swtch.machine.Next;

/** {@code struct usched}: a user scheduler, as the kernel calls it. */
public interface Usched {
    /** The LWP becomes its CPU's current user process, waiting and perhaps moving until it is. */
    Next acquireCurproc(Globaldata gd, Lwp lp);

    /** The LWP gives up being its CPU's current user process. */
    Next releaseCurproc(Globaldata gd, Lwp lp);

    /** The LWP is put on a user run queue. */
    Next setrunqueue(Globaldata gd, Lwp lp);

    /** Each tick of the CPU's schedclock that finds the LWP running. */
    Next schedulerclock(Globaldata gd, Lwp lp);

    /** Each tick of the CPU's schedclock that finds no LWP running. */
    default Next idleSchedulerclock(Globaldata gd) {
        return Next.RETURN;
    }

    /** The LWP's use of the CPU is estimated anew. */
    Next recalculate(Globaldata gd, Lwp lp);

    /** The LWP's priority is computed anew. */
    Next resetpriority(Globaldata gd, Lwp lp);

    /** An LWP is made by another. */
    void heuristicForking(Globaldata gd, Lwp parent, Lwp child);

    /** An LWP leaves. */
    void heuristicExiting(Globaldata gd, Lwp lp);

    /** An LWP goes to sleep or has slept. */
    void uloadUpdate(Globaldata gd, Lwp lp);

    /** The LWP called {@code sched_yield}. */
    Next schedYield(Globaldata gd, Lwp lp);

    /** Whether each realtime and idle priority has a queue of its own, which in the seed it has not. */
    default boolean rtprioHasOwnQueues() {
        return false;
    }

    /** The LWP was moved to this CPU. */
    void changedcpu(Globaldata gd, Lwp lp);
}
