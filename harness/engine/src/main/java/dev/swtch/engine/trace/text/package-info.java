/**
 * Reads the text of recorded traces as a stream of {@link dev.swtch.engine.trace.text.TraceEvent}: the kernel's own
 * {@code trace} file, {@code trace-cmd report}, {@code perf script}, and systrace pages with one of these inside.
 *
 * <p>A trace goes through four steps, each a line ahead of the next: bytes, unpacked where they are compressed
 * ({@code TraceBytes}); lines ({@code LineReader}); lines of the trace alone, taken out of a page ({@code PageReader});
 * events ({@code HeadParser} for what all lines begin with, {@code EventParser} for the rest). Nothing is kept, so a
 * trace may be larger than memory.
 *
 * <h2>Why so much is let pass</h2>
 *
 * Kernels, recorders and their versions differ in columns, flags, states and in what stands between events. A line that
 * is no event is therefore counted and passed over, with the number of the first one for the user; but a scheduler
 * event that cannot be read, a file that ends within one, or time that runs backwards is refused, for the answer would
 * be wrong.
 */
@NullMarked
package dev.swtch.engine.trace.text;

import org.jspecify.annotations.NullMarked;
