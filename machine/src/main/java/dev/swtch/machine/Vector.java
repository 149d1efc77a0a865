package dev.swtch.machine;

/** Numbers of interrupt vectors; among vectors that arrived at one instant the lower number is taken first. */
public final class Vector {
    /** The CPU's one-shot timer. */
    public static final int TIMER = 0;

    /** First of the vectors a plugin may use for its IPIs. */
    public static final int FIRST_IPI = 1;

    /** First vector behind those for IPIs. */
    public static final int END_IPI = 16;

    /** First of the vectors of device lines: line n raises vector {@code FIRST_DEVICE + n}. */
    public static final int FIRST_DEVICE = 16;

    /** First number that is no vector. */
    public static final int END = 64;

    private Vector() {}
}
