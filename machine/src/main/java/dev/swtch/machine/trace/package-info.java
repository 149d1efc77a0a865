/** What a run tells about itself while it runs: fixed kinds of events with primitive arguments. */
package dev.swtch.machine.trace;
