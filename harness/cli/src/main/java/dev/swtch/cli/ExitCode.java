package dev.swtch.cli;

/** What the command tells the shell. */
final class ExitCode {
    /** Done; a stall is a result and included. */
    static final int DONE = 0;

    /** A run does not meet what its workload expects. */
    static final int EXPECTATION_FAILED = 1;

    /** An input, an option or a choice cannot be used. */
    static final int BAD_INPUT = 2;

    /** A scheduler broke a rule. */
    static final int PANIC = 3;

    /** A run stalled and {@code --strict} was given. */
    static final int STALLED = 4;

    /** The program itself is broken. */
    static final int INTERNAL = 70;

    private ExitCode() {}
}
