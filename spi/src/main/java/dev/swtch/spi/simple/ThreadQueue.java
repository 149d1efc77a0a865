package dev.swtch.spi.simple;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/**
 * Threads in a row, linked through the threads themselves: nothing is allocated, and removing one takes the same time
 * wherever it stands. A thread is on at most one queue. Operations and scans charge themselves.
 */
public final class ThreadQueue {
    private @Nullable SimpleThread first;
    private @Nullable SimpleThread last;
    private int size;

    /** An empty queue. */
    public ThreadQueue() {}

    /** Number of threads. */
    public int size() {
        return size;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return first == null;
    }

    /** The thread at the head; null if there is none. */
    public @Nullable SimpleThread first() {
        return first;
    }

    /** The thread behind one that is on this queue; null if it is the last. */
    public @Nullable SimpleThread after(SimpleThread thread) {
        return thread.next;
    }

    /** Adds a thread at the tail. */
    public void addLast(Cpu cpu, SimpleThread thread) {
        link(cpu, thread, last, null);
    }

    /** Adds a thread at the head. */
    public void addFirst(Cpu cpu, SimpleThread thread) {
        link(cpu, thread, null, first);
    }

    /** Adds a thread at the tail, or at the head if it was preempted and so has not had its turn. */
    public void add(Cpu cpu, SimpleThread thread, ReadyReason reason) {
        if (reason == ReadyReason.PREEMPTED) {
            addFirst(cpu, thread);
        } else {
            addLast(cpu, thread);
        }
    }

    /** Takes the first thread that may run on the CPU; null if there is none. Charged for each one looked at. */
    public @Nullable SimpleThread takeFor(Cpu cpu) {
        for (SimpleThread thread = first; thread != null; thread = thread.next) {
            cpu.charge(Charge.SCAN_ITEM);
            if (thread.mayRunOn(cpu.id())) {
                remove(cpu, thread);
                return thread;
            }
        }
        return null;
    }

    /** Takes a thread off this queue, on which it must be. */
    public void remove(Cpu cpu, SimpleThread thread) {
        if (thread.queue != this) {
            throw cpu.violation("not-on-queue", thread.name() + " was taken off a queue it is not on");
        }
        cpu.charge(Charge.QUEUE_OP);
        if (thread.previous == null) {
            first = thread.next;
        } else {
            thread.previous.next = thread.next;
        }
        if (thread.next == null) {
            last = thread.previous;
        } else {
            thread.next.previous = thread.previous;
        }
        thread.next = null;
        thread.previous = null;
        thread.queue = null;
        size--;
    }

    private void link(Cpu cpu, SimpleThread thread, @Nullable SimpleThread before, @Nullable SimpleThread after) {
        if (thread.queue != null) {
            throw cpu.violation("on-two-queues", thread.name() + " was put on a second queue");
        }
        cpu.charge(Charge.QUEUE_OP);
        thread.queue = this;
        thread.previous = before;
        thread.next = after;
        if (before == null) {
            first = thread;
        } else {
            before.next = thread;
        }
        if (after == null) {
            last = thread;
        } else {
            after.previous = thread;
        }
        size++;
    }
}
