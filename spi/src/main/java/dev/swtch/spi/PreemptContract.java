package dev.swtch.spi;

import dev.swtch.machine.Arrival;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** What may take the CPU away from a thread that did not offer it, and what forbids it. */
public interface PreemptContract {
    /**
     * An interrupt or IPI is taken.
     *
     * <p><b>When:</b> a vector is due and the CPU rests with interrupts open. <b>Where:</b> on the stack of the current
     * context, above the frame that returns to what was interrupted. <b>Must:</b> serve the vector by the route the
     * kernel would have taken for this arrival, and end with {@link Next#RETURN} to that frame, after its own
     * way back to user mode if {@link Cpu#interruptedUser} was true at entry. <b>May:</b> switch in between.
     * <b>Source:</b> {@code intr_event_handle}, {@code ipi_bitmap_handler}; {@code doreti}.
     */
    Next interrupt(Cpu cpu, int vector, Arrival arrival);

    /**
     * The current thread entered the kernel by a system call.
     *
     * <p><b>Must not:</b> switch. <b>Source:</b> {@code userenter}, sys/platform/pc64/x86_64/trap.c.
     */
    void enteredKernel(Cpu cpu);

    /**
     * The current thread goes back to user mode after a system call.
     *
     * <p><b>Must:</b> do all the kernel does there: deferred rescheduling, priority fixed up, the user scheduler asked.
     * <b>May:</b> lose the CPU any number of times. <b>Source:</b> {@code userret} and {@code ast}; {@code userexit},
     * {@code acquire_curproc} and {@code doreti}.
     */
    Next returnToUser(Cpu cpu);

    /** The current thread enters a critical section; nests; no preemption until the outermost is left. */
    void criticalEnter(Cpu cpu);

    /** The current thread leaves a critical section; a preemption owed since is paid at the outermost. */
    Next criticalExit(Cpu cpu);

    /** The current thread is about to take a spin lock: as the kernel does, a critical section, interrupts perhaps off. */
    void spinEnter(Cpu cpu);

    /** The current thread released a spin lock; undoes {@link #spinEnter}. */
    Next spinExit(Cpu cpu);
}
