/**
 * Executes compiled workloads: what a thread does between two calls of the kernel, and the objects it meets there.
 *
 * <p>Compute steps take time on the machine; everything else traps. Whether a thread has to wait is decided here, alike
 * for every scheduler; how it waits and who goes on first is the scheduler's affair.
 */
@NullMarked
package dev.swtch.engine.exec;

import org.jspecify.annotations.NullMarked;
