package dev.swtch.spi.simple;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import org.jspecify.annotations.Nullable;

/**
 * A thread of {@link SimpleScheduler}: what it asks for now, and the links of the one queue it may be on. A policy that
 * keeps more per thread extends it and overrides {@link Policy#thread}.
 */
public class SimpleThread extends KThread implements FifoBlocking.Waiter {
    private static final int NONE = -1;

    @Nullable
    SimpleThread next;

    @Nullable
    SimpleThread previous;

    @Nullable
    ThreadQueue queue;

    /** Depth of critical sections; spin locks count as such. */
    int critical;

    int spinDepth;
    boolean blocked;
    /** A wake-up came before the thread had blocked: its next block does not happen. */
    boolean wakePending;

    /** Where it goes on when the interrupt threads have run; null if it is not put aside. */
    @Nullable
    CpuRoom asideIn;

    /** What is left of the slice in which it was preempted, in ns; 0 for a new slice. */
    long sliceLeftNs;

    boolean stopRequested;
    boolean stopped;

    /** CPU whose timer ends the thread's wait, or -1. */
    int timerCpu = NONE;

    private final WaitLinks waitLinks = new WaitLinks();
    private ThreadClass threadClass;
    private int nice;
    private int rank;
    private @Nullable CpuSet affinity;
    private int boundTo = NONE;

    /**
     * Makes a thread.
     *
     * @param spec what it is to be
     * @param body what it executes; null for the scheduler's own
     */
    public SimpleThread(ThreadSpec spec, @Nullable ThreadBody body) {
        super(spec, body);
        threadClass = spec.threadClass();
        nice = spec.nice();
        rank = spec.rank();
        affinity = spec.affinity();
    }

    /** Its class now. */
    public final ThreadClass threadClass() {
        return threadClass;
    }

    /** Its nice value now, -20 (favoured) to 20. */
    public final int nice() {
        return nice;
    }

    /** Its rank in its class now, 0 to 31, higher is more urgent. */
    public final int rank() {
        return rank;
    }

    /** Whether the CPU is one it may use now. */
    public final boolean mayRunOn(int cpu) {
        if (boundTo != NONE) {
            return cpu == boundTo;
        }
        return affinity == null || affinity.contains(cpu);
    }

    /** Whether it is on a {@link ThreadQueue}. */
    public final boolean isQueued() {
        return queue != null;
    }

    @Override
    public final WaitLinks waitLinks() {
        return waitLinks;
    }

    final void leaveQueue(Cpu cpu) {
        if (queue != null) {
            queue.remove(cpu, this);
        }
    }

    final void setNice(int newNice) {
        nice = newNice;
    }

    final void setClass(ThreadClass newClass, int newRank) {
        threadClass = newClass;
        rank = newRank;
    }

    final void setAffinity(CpuSet cpus) {
        affinity = cpus.copy();
    }

    final void bind(int cpu) {
        boundTo = cpu;
    }

    final void unbind() {
        boundTo = NONE;
    }

    /** Whether it never goes back to user mode, so that it makes room in the kernel instead. */
    final boolean staysInKernel() {
        return !threadClass.isUser();
    }
}
