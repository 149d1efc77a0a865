package dev.swtch.ule.kern;

import org.jspecify.annotations.Nullable;

/** A process: the part of {@code struct proc} that scheduling needs. */
public final class Proc {
    private final int pid;
    private final Tailq<UleThread> threads = new Tailq<>();
    private final Tailq<Proc> children = new Tailq<>();
    private final Tailq.Link<Proc> sibling = new Tailq.Link<>(this);
    private @Nullable Proc parent;
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
        return threads.first();
    }

    /** Appends a thread to {@code p_threads}: {@code thread_link}, sys/kern/kern_thread.c. */
    void threadLink(UleThread td) {
        threads.insertTail(td.plist);
    }

    /** Takes a thread off {@code p_threads}: {@code thread_unlink}, sys/kern/kern_thread.c. */
    void threadUnlink(UleThread td) {
        threads.remove(td.plist);
    }

    /** The process that made it or adopted it. */
    @Nullable
    Proc parent() {
        return parent;
    }

    /** Gives the process to a parent, which may be none: {@code proc_reparent}, sys/kern/kern_exit.c. */
    void procReparent(@Nullable Proc newParent) {
        if (parent != null) {
            parent.children.remove(sibling);
        }
        parent = newParent;
        if (newParent != null) {
            newParent.children.insertHead(sibling);
        }
    }

    /** Gives all children to another process, as the last thread's exit does. */
    void orphansTo(Proc adopter) {
        for (Proc child = children.first(); child != null; child = children.first()) {
            child.procReparent(adopter);
        }
    }
}
