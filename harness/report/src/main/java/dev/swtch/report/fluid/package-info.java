/**
 * What no scheduler can do, computed from a workload: CPUs that all threads use at once, each at a part of the speed.
 *
 * <p>{@link dev.swtch.report.fluid.FluidShare} does it for workloads whose threads meet nowhere.
 */
@NullMarked
package dev.swtch.report.fluid;

import org.jspecify.annotations.NullMarked;
