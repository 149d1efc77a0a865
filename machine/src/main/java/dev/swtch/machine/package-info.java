/**
 * CPUs that run contexts on kernel stacks in simulated time.
 *
 * <p>A kernel path runs in one call of the host but not at one instant: its CPU carries a cursor,
 * {@link dev.swtch.machine.Cpu#now}, that moves with every charge. What leaves the CPU goes through the event
 * queue at the cursor; what is left to do after a switch stands as {@linkplain dev.swtch.machine.Frame frames} on
 * the context's {@linkplain dev.swtch.machine.KernelStack kernel stack}. The types to know are
 * {@link dev.swtch.machine.Machine}, {@link dev.swtch.machine.Cpu}, {@link dev.swtch.machine.Context},
 * {@link dev.swtch.machine.Frame} and {@link dev.swtch.machine.Next}.
 */
package dev.swtch.machine;
