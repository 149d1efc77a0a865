package dev.swtch.ule.kern;

import org.jspecify.annotations.Nullable;

/** A process: the part of {@code struct proc} that scheduling needs. */
public final class Proc {
    private final int pid;
    private @Nullable UleThread firstThread;
    private @Nullable UleThread lastThread;
    private @Nullable Proc parent;
    private @Nullable Proc firstChild;
    private @Nullable Proc nextSibling;
    private @Nullable Proc prevSibling;
    int nice;

    /** {@code PROC_SLOCK}. */
    final Mtx slock;

    Proc(int pid) {
        this.pid = pid;
        slock = new Mtx("process slock " + pid);
    }

    /** Number of the process. */
    public int pid() {
        return pid;
    }

    /** {@code FIRST_THREAD_IN_PROC}. */
    @Nullable
    UleThread firstThread() {
        return firstThread;
    }

    /** Appends a thread to {@code p_threads}: {@code thread_link}, sys/kern/kern_thread.c. */
    void threadLink(UleThread td) {
        UleThread last = lastThread;
        td.plistPrev = last;
        if (last == null) {
            firstThread = td;
        } else {
            last.plistNext = td;
        }
        lastThread = td;
    }

    /** Takes a thread off {@code p_threads}: {@code thread_unlink}, sys/kern/kern_thread.c. */
    void threadUnlink(UleThread td) {
        UleThread next = td.plistNext;
        UleThread prev = td.plistPrev;
        if (prev == null) {
            firstThread = next;
        } else {
            prev.plistNext = next;
        }
        if (next == null) {
            lastThread = prev;
        } else {
            next.plistPrev = prev;
        }
        td.plistNext = null;
        td.plistPrev = null;
    }

    /** The process that made it or adopted it. */
    @Nullable
    Proc parent() {
        return parent;
    }

    /** Gives the process to a parent, which may be none: {@code proc_reparent}, sys/kern/kern_exit.c. */
    void procReparent(@Nullable Proc newParent) {
        Proc next = nextSibling;
        Proc prev = prevSibling;
        if (prev != null) {
            prev.nextSibling = next;
        } else if (parent != null) {
            parent.firstChild = next;
        }
        if (next != null) {
            next.prevSibling = prev;
        }
        prevSibling = null;
        nextSibling = null;
        parent = newParent;
        if (newParent != null) {
            Proc first = newParent.firstChild;
            nextSibling = first;
            if (first != null) {
                first.prevSibling = this;
            }
            newParent.firstChild = this;
        }
    }

    /** Gives all children to another process, as the last thread's exit does. */
    void orphansTo(Proc adopter) {
        for (Proc child = firstChild; child != null; child = firstChild) {
            child.procReparent(adopter);
        }
    }
}
