package dev.swtch.spi;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;

/** Threads are made, released, woken, and changed in what they may ask for. */
public interface ScheduleContract {
    /**
     * Makes a thread that does not run yet.
     *
     * <p><b>When:</b> the starter or a forking thread makes it; the starter itself before any CPU has started.
     * <b>Where:</b> on the CPU that executes, which is also where the parent runs. <b>Must:</b> return a thread of the
     * plugin's own class, built from the specification and body, with a landing that ends in
     * {@link ThreadBody#run}. <b>May:</b> let it inherit from the current thread as the kernel's fork does.
     * <b>Must not:</b> switch. <b>Source:</b> {@code sched_fork} (FreeBSD); {@code lwp_fork} and {@code lwkt_alloc_thread}
     * (DragonFly).
     */
    KThread create(Cpu cpu, ThreadSpec spec, ThreadBody body);

    /**
     * Makes a new thread runnable.
     *
     * <p><b>When:</b> once per thread, after {@link #create}. <b>Where:</b> on the CPU that executes. <b>Must:</b> report
     * it runnable and place it. <b>May:</b> preempt the caller. <b>Source:</b> {@code sched_add} in {@code fork1};
     * {@code start_forked_proc} and {@code setrunqueue}.
     */
    Next release(Cpu cpu, KThread thread);

    /**
     * Ends the wait of a thread that gave up its CPU with {@link SwitchReason#BLOCK}.
     *
     * <p><b>When:</b> the harness decides it, in the kernel or in an interrupt handler. <b>Where:</b> on the waker's CPU,
     * which need not be the thread's. <b>Must:</b> report the thread runnable, here or where the kernel's own message
     * reaches its CPU. <b>May:</b> preempt the caller. <b>Source:</b> {@code setrunnable}, {@code lwkt_schedule}.
     */
    Next wake(Cpu cpu, KThread thread);

    /** Changes a timeshare thread's nice value, -20 to 20; runs on any CPU, for any thread; may preempt. */
    Next setNice(Cpu cpu, KThread thread, int nice);

    /** Changes a thread's class and its rank in it; runs on any CPU, for any thread; may preempt. */
    Next setClass(Cpu cpu, KThread thread, ThreadClass threadClass, int rank);

    /**
     * Restricts a thread to a set of CPUs, at least one of which has started.
     *
     * <p><b>Must:</b> move the thread off a CPU it may no longer use, at the latest when it next returns to user mode.
     * <b>Source:</b> {@code sched_affinity} (FreeBSD); {@code sys_usched_set} (DragonFly).
     */
    Next setAffinity(Cpu cpu, KThread thread, CpuSet cpus);

    /** The current thread, in the kernel, moves to a CPU and stays there until it binds itself anew or {@link #unbind}. */
    Next bind(Cpu cpu, int target);

    /** The current thread, which is bound, may run anywhere again. */
    Next unbind(Cpu cpu);

    /** Stops a thread at its next way to user mode, as a stop signal does; it then is blocked. */
    Next stop(Cpu cpu, KThread thread);

    /** Lets a stopped thread go on. */
    Next resume(Cpu cpu, KThread thread);

    /**
     * Says how a device's interrupts are served.
     *
     * <p><b>When:</b> before the first CPU starts. <b>Must:</b> call the handler once per interrupt taken on the line: in
     * interrupt context if fast, else in an interrupt thread of the kernel's own that the interrupt makes runnable.
     * Interrupts that arrive while the thread is busy may be served by one more round. <b>Source:</b>
     * {@code intr_event_add_handler}; {@code register_int}.
     *
     * @param line the device's line; it raises vector {@link dev.swtch.machine.Vector#FIRST_DEVICE} + line
     * @param target the CPU its interrupts go to
     * @param threaded whether an interrupt thread serves it
     * @param handler what to do
     */
    void attachDevice(int line, int target, boolean threaded, InterruptHandler handler);
}
