/**
 * Makes a workload of what the tasks of a trace did: one thread for each, with the work it did between two waits.
 *
 * <ul>
 *   <li>Work is time on a CPU. That a task was preempted does not divide it, for the preemption was the scheduler's doing.
 *   <li>A wait ends as it did: by another task after that one's work up to the wake-up (a semaphore for each pair of
 *       waker and woken), or, where an interrupt or a task that is not part of the workload ended it, at the recorded
 *       time. Where no wake-up was recorded, the thread sleeps as long as it was away.
 *   <li>A new task begins when its parent has come to the point where it created it, others when the trace first sees
 *       them. A task that did not exit sleeps until the run is over.
 *   <li>Realtime priorities and nice values are those recorded, with their changes; a priority lent for a lock cannot be
 *       told from a changed one.
 * </ul>
 *
 * <p>Not in a trace, and so not in the workload: affinities, the kernel's own part of the recorded work, and what a
 * yielding task meant (it looks preempted).
 */
@NullMarked
package dev.swtch.engine.trace.replay;

import org.jspecify.annotations.NullMarked;
