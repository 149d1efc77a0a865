/**
 * The contracts of a scheduler. This page is the guide for authors of plugins.
 *
 * <h2>Life of a run</h2>
 * <pre>
 * plugin.create(context)                                   once per simulated machine
 * starter = scheduling.create(cpu0, spec, body)            the thread that makes all others
 * for each CPU, at its start time:
 *     throwing.start(cpu, cpu is 0 ? starter : null)       loads its first context; others load their idle thread
 * starter, in kernel mode, for each thread of the workload:
 *     t = scheduling.create(cpu, spec, body)
 *     scheduling.release(cpu, t)                           t is runnable from here on
 * t, on some CPU:
 *     plugin's landing -&gt; (user threads: its way to user mode) -&gt; body.run(cpu)
 *     trap:      preemption.enteredKernel(cpu)
 *                blocking.sleep / wait / wake / lock ...   may lose the CPU, returns when the thread goes on
 *                preemption.returnToUser(cpu)              may lose the CPU
 *     interrupt: preemption.interrupt(cpu, vector, arrival)
 *     end:       throwing.exit(cpu)                        never returns
 * </pre>
 *
 * <h2>Rules of every call</h2>
 * A contract is called on the CPU that executes, inside a kernel path, at that CPU's cursor. A method that returns
 * {@link dev.swtch.machine.Next} may lose the CPU: the caller has pushed what is left to do and returns its result
 * at once. A method that returns nothing must not switch. Times are in ns, CPUs are numbered from 0.
 *
 * <p>Each method's description says in this order: when it is called; on which CPU and in which state; what the
 * plugin must, may and must not do; what happens by default; and where the original kernels do it.
 *
 * <h2>Reporting</h2>
 * The plugin calls {@link dev.swtch.spi.thread.KThread#markRunnable} and
 * {@link dev.swtch.spi.thread.KThread#markBlocked} where its kernel decides it. All that is compared between
 * schedulers is measured from these and from the machine's switches, never by the plugin.
 *
 * <h2>A first plugin</h2>
 * {@code dev.swtch.spi.simple.SimpleScheduler} is mechanism without policy on these contracts alone: a first plugin
 * is a policy of three methods over it. Kernel paths that go on after a switch are the affair of a plugin that models a
 * kernel; see {@link dev.swtch.machine.Frame}.
 */
package dev.swtch.spi;
