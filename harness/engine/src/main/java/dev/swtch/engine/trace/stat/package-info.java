/**
 * What the tasks of a trace did, counted as Linux' own tools count it, so that their summaries are the check: run times
 * as {@code perf sched timehist -s}, scheduling delays as {@code perf sched latency -p}.
 */
@NullMarked
package dev.swtch.engine.trace.stat;

import org.jspecify.annotations.NullMarked;
