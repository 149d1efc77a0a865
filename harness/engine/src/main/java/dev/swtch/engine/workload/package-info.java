/**
 * What the simulated threads do: the source form of a workload ({@link dev.swtch.engine.workload.Step} trees made with
 * {@link dev.swtch.engine.workload.WorkloadBuilder}) and its compiled form ({@link dev.swtch.engine.workload.Workload}),
 * flat integer arrays that an interpreter runs without allocation.
 *
 * <p>Nothing here knows a scheduler, a machine or the simulated time. All times are nanoseconds in a {@code long}; every
 * random value is a pure function of (seed, thread path, step, how often the step ran), so that the same work arrives
 * whatever the scheduler does.
 */
@NullMarked
package dev.swtch.engine.workload;

import org.jspecify.annotations.NullMarked;
