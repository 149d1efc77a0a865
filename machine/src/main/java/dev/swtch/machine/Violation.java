package dev.swtch.machine;

/**
 * A rule was broken; ends the run like a kernel panic.
 *
 * <p>After a violation the machine's stacks may be torn, so it refuses to run on.
 */
public final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String rule;
    private final int cpu;
    private final long timeNs;

    /**
     * Makes a violation.
     *
     * @param rule stable name of the rule that was broken
     * @param cpu the CPU on which it was noticed; -1 if none
     * @param timeNs simulated time
     * @param message what was found
     */
    public Violation(String rule, int cpu, long timeNs, String message) {
        super(message);
        this.rule = rule;
        this.cpu = cpu;
        this.timeNs = timeNs;
    }

    /** Stable name of the rule that was broken. */
    public String rule() {
        return rule;
    }

    /** The CPU on which it was noticed; -1 if none. */
    public int cpu() {
        return cpu;
    }

    /** Simulated time in ns. */
    public long timeNs() {
        return timeNs;
    }
}
