package dev.swtch.engine.result;

/** How a run ended. */
public enum Outcome {
    /** It reached its duration, or every thread left. */
    DONE,
    /** Nothing could happen any more before its duration: a result, not an error. */
    STALLED,
    /** The scheduler broke a rule. */
    PANIC,
    /** The scheduler lacks something the workload needs, and was not run. */
    EXCLUDED
}
