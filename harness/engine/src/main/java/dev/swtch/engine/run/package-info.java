/** One run: a workload, a machine and a scheduler put together, driven to the end and measured. */
@NullMarked
package dev.swtch.engine.run;

import org.jspecify.annotations.NullMarked;
