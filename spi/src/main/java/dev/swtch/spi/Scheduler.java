package dev.swtch.spi;

import dev.swtch.machine.Cpu;
import dev.swtch.spi.plugin.CounterSink;
import dev.swtch.spi.thread.KThread;

/** The scheduler of one simulated machine: five contracts, its checks and its counters. */
public interface Scheduler {
    /** Giving up the CPU. */
    SwitchContract switching();

    /** Entering a thread without an old context to save. */
    ThrowContract throwing();

    /** Threads made, released, woken and changed. */
    ScheduleContract scheduling();

    /** Interrupts, critical sections, the way into and out of the kernel. */
    PreemptContract preemption();

    /** Sleeping, waiting and locking by the kernel's own means. */
    BlockContract blocking();

    /**
     * Checks the kernel's own assertions about one CPU.
     *
     * <p>Called after each path while checks are on. It looks and never changes anything, and takes time that does
     * not grow with the number of threads. By default nothing is checked.
     *
     * @throws dev.swtch.machine.Violation naming the rule that is broken
     */
    default void check(Cpu cpu) {}

    /**
     * Whether a thread that is runnable but not loaded is where this scheduler would find it: on one of its queues, on
     * the way to a CPU, or preempted in place. A runnable thread for which this is false is lost, and the run ends.
     * Called now and then while checks are on.
     */
    boolean holds(KThread thread);

    /** Hands out the kernel's own counters; called once, after the run. */
    default void counters(CounterSink sink) {}
}
