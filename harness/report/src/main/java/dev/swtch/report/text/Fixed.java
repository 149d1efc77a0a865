package dev.swtch.report.text;

import java.math.BigInteger;

/** Decimal text of whole numbers divided by whole numbers, rounded half away from zero; no floating point anywhere. */
public final class Fixed {
    private static final long[] POWERS = {1, 10, 100, 1_000};

    private Fixed() {}

    /** A whole number with commas between groups of three digits. */
    public static String whole(long value) {
        return of(value, 1, 0);
    }

    /**
     * A quotient as decimal text.
     *
     * @param value dividend
     * @param divisor at least 1
     * @param decimals digits behind the point, 0 to 3
     */
    public static String of(long value, long divisor, int decimals) {
        BigInteger scaled = rounded(BigInteger.valueOf(value).multiply(BigInteger.valueOf(POWERS[decimals])), divisor);
        String digits = scaled.abs().toString();
        if (digits.length() <= decimals) {
            digits = "0".repeat(decimals + 1 - digits.length()) + digits;
        }
        int point = digits.length() - decimals;
        String sign = scaled.signum() < 0 ? "-" : "";
        return sign + group(digits.substring(0, point)) + (decimals == 0 ? "" : "." + digits.substring(point));
    }

    /** {@code value * factor / divisor}, rounded; 0 if the divisor is 0. */
    public static long scaled(long value, long factor, long divisor) {
        if (divisor == 0) {
            return 0;
        }
        return rounded(BigInteger.valueOf(value).multiply(BigInteger.valueOf(factor)), divisor)
                .longValueExact();
    }

    private static BigInteger rounded(BigInteger dividend, long divisor) {
        BigInteger half = BigInteger.valueOf(divisor / 2);
        BigInteger moved = dividend.signum() < 0 ? dividend.subtract(half) : dividend.add(half);
        return moved.divide(BigInteger.valueOf(divisor));
    }

    private static String group(String digits) {
        StringBuilder text = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > 0; at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }
}
