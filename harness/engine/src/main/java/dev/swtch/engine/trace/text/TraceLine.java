package dev.swtch.engine.trace.text;

/**
 * A line of a trace, divided.
 *
 * @param head what all lines begin with
 * @param event name of the event, without the system that perf puts before it
 * @param ofPerf whether perf wrote it
 * @param text the whole line
 * @param arguments where in it the arguments begin, from 0
 */
record TraceLine(TraceEvent.Head head, String event, boolean ofPerf, String text, int arguments) {}
