/** The workloads that come with the program; {@link dev.swtch.engine.workload.bundled.BundledWorkloads} lists them. */
@NullMarked
package dev.swtch.engine.workload.bundled;

import org.jspecify.annotations.NullMarked;
