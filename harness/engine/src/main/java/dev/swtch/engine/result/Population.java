package dev.swtch.engine.result;

import java.math.BigInteger;

/**
 * How many were between the begin and the end of a label while the run was measured.
 *
 * <p>Two independent counts meet in it: the integral of the number over time, and the times that each of them took. Little's
 * law says that they are equal, {@link #isBalanced exactly}, if what those took before measuring began is left out, and
 * what those took so far that did not end is counted.
 *
 * @param spanNs length of the measured time, ns
 * @param areaNs integral of the number over that time, ns
 * @param ended how many ended in it
 * @param endedNs what those took in all, ns
 * @param openNs what those have taken that had not ended when the run did, and those that were given up, ns
 * @param beforeNs the part of both that lies before the measured time, ns
 */
public record Population(long spanNs, long areaNs, long ended, long endedNs, long openNs, long beforeNs) {
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    /** Nobody at any time. */
    public static final Population NONE = new Population(0, 0, 0, 0, 0, 0);

    /** Whether the integral of the number is the sum of the times. */
    public boolean isBalanced() {
        return areaNs == endedNs + openNs - beforeNs;
    }

    /** Mean number over time, in millionths. */
    public long meanMillionths() {
        return millionths(areaNs, spanNs);
    }

    /** Ends per second, in millionths. */
    public long perSecondMillionths() {
        return millionths(Math.multiplyExact(ended, 1_000_000_000L), spanNs);
    }

    private static long millionths(long value, long divisor) {
        if (divisor <= 0) {
            return 0;
        }
        BigInteger twice = BigInteger.valueOf(value).multiply(MILLION).shiftLeft(1);
        return twice.add(BigInteger.valueOf(divisor))
                .divide(BigInteger.valueOf(divisor).shiftLeft(1))
                .longValueExact();
    }
}
