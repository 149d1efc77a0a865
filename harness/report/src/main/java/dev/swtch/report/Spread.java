package dev.swtch.report;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Where several values of the same number lie.
 *
 * @param median middle value; of an even number the mean of the two, rounded down
 * @param min smallest
 * @param max largest
 * @param low lower end of an interval that holds the true median with at least 95 %, by the sign test
 * @param high upper end of that interval
 * @param sure whether there are enough values for such an interval; otherwise it is the range
 */
record Spread(long median, long min, long max, long low, long high, boolean sure) {
    /** Fewest values whose range is a 95 % interval for the median: 1 - 2 / 2^6 is 97 %. */
    static final int ENOUGH = 6;

    static Spread of(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        int n = sorted.size();
        long median = (n & 1) == 1
                ? sorted.get(n / 2)
                : Math.floorDiv(Math.addExact(sorted.get(n / 2 - 1), sorted.get(n / 2)), 2L);
        int cut = cut(n);
        return new Spread(
                median, sorted.get(0), sorted.get(n - 1), sorted.get(cut), sorted.get(n - 1 - cut), n >= ENOUGH);
    }

    /** The spread of the differences between paired values. */
    static Spread ofDifferences(List<Long> values, List<Long> baseline) {
        List<Long> differences = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            differences.add(values.get(i) - baseline.get(i));
        }
        return of(differences);
    }

    /** Whether the values differ from 0 beyond their spread. */
    boolean isDifferent() {
        return low > 0 || high < 0;
    }

    boolean isConstant() {
        return min == max;
    }

    /** How many values may be dropped at each end so that 95 % remain: 2 * sum of C(n, i) up to there <= 5 % of 2^n. */
    private static int cut(int n) {
        BigInteger limit = BigInteger.ONE.shiftLeft(n);
        BigInteger choose = BigInteger.ONE;
        BigInteger sum = BigInteger.ZERO;
        for (int i = 0; i < n / 2; i++) {
            sum = sum.add(choose);
            if (sum.multiply(BigInteger.valueOf(40)).compareTo(limit) > 0) {
                return Math.max(0, i - 1);
            }
            choose = choose.multiply(BigInteger.valueOf(n - i)).divide(BigInteger.valueOf(i + 1L));
        }
        return Math.max(0, n / 2 - 1);
    }
}
