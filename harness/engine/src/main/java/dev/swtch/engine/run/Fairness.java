package dev.swtch.engine.run;

import dev.swtch.engine.result.FairnessResult;
import java.math.BigInteger;

/** Adds up the work of a group's threads. */
final class Fairness {
    private static final BigInteger ONE = BigInteger.valueOf(1_000_000);

    private BigInteger sum = BigInteger.ZERO;
    private BigInteger squares = BigInteger.ZERO;
    private long threads;
    private long leastNs = Long.MAX_VALUE;
    private long mostNs;

    void add(long workNs) {
        BigInteger work = BigInteger.valueOf(workNs);
        sum = sum.add(work);
        squares = squares.add(work.multiply(work));
        threads++;
        leastNs = Math.min(leastNs, workNs);
        mostNs = Math.max(mostNs, workNs);
    }

    /** Jain's index and the ends; of threads none of which did anything the index is 0. */
    FairnessResult of(String group) {
        BigInteger divisor = squares.multiply(BigInteger.valueOf(threads));
        long jain = divisor.signum() == 0
                ? 0
                : sum.multiply(sum).multiply(ONE).divide(divisor).longValueExact();
        return new FairnessResult(group, threads, jain, threads == 0 ? 0 : leastNs, mostNs);
    }
}
