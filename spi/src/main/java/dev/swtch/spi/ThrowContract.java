package dev.swtch.spi;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;
import dev.swtch.spi.thread.KThread;
import org.jspecify.annotations.Nullable;

/** A thread is entered with no old context to save: the first switch of a CPU, and a thread's last. */
public interface ThrowContract {
    /**
     * A CPU starts.
     *
     * <p><b>When:</b> once per CPU, at the start time the workload gives it (0 by default). <b>Where:</b> on that CPU, with
     * interrupts closed and no context. <b>Must:</b> load a first context by {@link Cpu#load}, open interrupts, and start
     * the kernel's clocks of this CPU. <b>May:</b> load an idle thread of its own even if a thread is given, provided
     * that thread runs next. <b>Must not:</b> place threads on a CPU that has not started. <b>Source:</b>
     * {@code sched_ap_entry} and {@code cpu_throw} (FreeBSD); {@code cpu_idle_restore} and {@code ap_init} (DragonFly).
     *
     * @param cpu the CPU
     * @param first the thread it runs first, made but not released; null for a CPU that starts idle
     * @return how the path ended
     */
    Next start(Cpu cpu, @Nullable KThread first);

    /**
     * The current thread leaves for good.
     *
     * <p><b>When:</b> a thread of the workload has done its last step. <b>Where:</b> on its own CPU, in the kernel.
     * <b>Must:</b> report it exited and switch to another context. <b>May:</b> wait before that, as a kernel does for
     * references. <b>Must not:</b> resume the thread. <b>Source:</b> {@code thread_exit} and {@code sched_throw}
     * (FreeBSD); {@code lwkt_exit} and {@code cpu_exit_switch} (DragonFly).
     *
     * @param cpu the thread's CPU
     * @return how the path ended
     */
    Next exit(Cpu cpu);
}
