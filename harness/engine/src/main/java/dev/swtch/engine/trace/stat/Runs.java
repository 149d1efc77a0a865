package dev.swtch.engine.trace.stat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** The runs of a task, exact: sums of whole numbers instead of perf's running means. */
final class Runs {
    private static final BigDecimal BASIS_POINTS = BigDecimal.valueOf(10_000);

    private long count;
    private long totalNs;
    private long leastNs = Long.MAX_VALUE;
    private long mostNs;
    private BigInteger squares = BigInteger.ZERO;

    void add(long spanNs) {
        count++;
        totalNs += spanNs;
        leastNs = Math.min(leastNs, spanNs);
        mostNs = Math.max(mostNs, spanNs);
        squares = squares.add(BigInteger.valueOf(spanNs).pow(2));
    }

    long count() {
        return count;
    }

    long totalNs() {
        return totalNs;
    }

    long leastNs() {
        return count == 0 ? 0 : leastNs;
    }

    long mostNs() {
        return mostNs;
    }

    /** With n runs of sum S and sum of squares Q, {@code sqrt((nQ - SS) / (n - 1)) / S}. */
    long spreadBasisPoints() {
        if (count < 2 || totalNs == 0) {
            return 0;
        }
        BigInteger total = BigInteger.valueOf(totalNs);
        BigInteger deviation = squares.multiply(BigInteger.valueOf(count)).subtract(total.pow(2));
        MathContext exact = new MathContext(40);
        return new BigDecimal(deviation)
                .divide(BigDecimal.valueOf(count - 1), exact)
                .sqrt(exact)
                .multiply(BASIS_POINTS)
                .divide(new BigDecimal(total), 0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }
}
