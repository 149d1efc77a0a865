package dev.swtch.spi;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** The running thread gives up its CPU. */
public interface SwitchContract {
    /**
     * The current thread gives up the CPU.
     *
     * <p><b>When:</b> a thread of the workload yields, or waits for something only the harness knows. <b>Where:</b> on
     * its own CPU, in the kernel, outside critical sections. <b>Must:</b> for {@link SwitchReason#BLOCK} report the
     * thread blocked and not run it before {@link ScheduleContract#wake}; a wake that comes between counts.
     * <b>May:</b> for {@link SwitchReason#YIELD} decide that the thread goes on. <b>Must not:</b> return to the caller's
     * frame before the thread runs again. <b>Source:</b> {@code mi_switch} behind {@code sched_relinquish}, sys/kern;
     * {@code lwkt_switch} behind {@code sched_yield}, sys/kern/lwkt_thread.c.
     *
     * @param cpu the thread's CPU
     * @param reason why
     * @return how the path ended
     */
    Next switchOut(Cpu cpu, SwitchReason reason);
}
