package dev.swtch.engine.result;

import java.util.List;

/**
 * The report of a broken rule.
 *
 * @param rule name of the rule
 * @param message what was found
 * @param cpu CPU on which it was noticed; -1 if none
 * @param timeNs simulated time
 * @param threads one line per CPU: what ran there, with its kernel stack
 * @param lastEvents the last trace events as lines, oldest first
 */
public record Fault(String rule, String message, int cpu, long timeNs, List<String> threads, List<String> lastEvents) {
    /** The rule that an exception breaks which a scheduler's code throws. */
    public static final String EXCEPTION = "no-exceptions";

    /** Keeps the lists unmodifiable. */
    public Fault {
        threads = List.copyOf(threads);
        lastEvents = List.copyOf(lastEvents);
    }
}
