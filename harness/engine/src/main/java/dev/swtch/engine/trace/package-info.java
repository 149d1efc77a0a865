/**
 * Makes workloads of recorded traces of Linux; {@link dev.swtch.engine.trace.TraceFile} is the entry. While a trace is
 * read ({@code trace.text}), its tasks are counted ({@code trace.stat}) and followed ({@code trace.replay}).
 */
@NullMarked
package dev.swtch.engine.trace;

import org.jspecify.annotations.NullMarked;
