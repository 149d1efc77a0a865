package dev.swtch.engine.workload;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Converts spans of time between the edges (text) and the inside (nanoseconds in a long). */
public final class Times {
    private static final int MOST_DIGITS = 80;
    private static final int MOST_SHOWN = 40;

    private Times() {}

    /**
     * Reads a span such as {@code 100us}, {@code 1.5ms}, {@code 2s} or {@code 0}; parts of a nanosecond are rounded.
     *
     * @param text a decimal number directly followed by ns, us, ms, s or min
     * @return the span in nanoseconds, halves rounded up
     * @throws IllegalArgumentException if the text is not such a span, or overflows
     */
    public static long parseNs(String text) {
        int split = 0;
        while (split < text.length() && (isDigit(text.charAt(split)) || text.charAt(split) == '.')) {
            split++;
        }
        String number = text.substring(0, split);
        if (number.equals("0") && split == text.length()) {
            return 0;
        }
        return scale(text, number, unitNs(text, text.substring(split).trim()));
    }

    private static long scale(String text, String number, long unitNs) {
        int point = number.indexOf('.');
        String whole = point < 0 ? number : number.substring(0, point);
        String fraction = point < 0 ? "" : number.substring(point + 1);
        if (whole.isEmpty() || (point >= 0 && fraction.isEmpty()) || fraction.indexOf('.') >= 0) {
            throw bad(text);
        }
        if (number.length() > MOST_DIGITS) {
            throw tooLong(text, new ArithmeticException());
        }
        try {
            return new BigDecimal(number)
                    .multiply(BigDecimal.valueOf(unitNs))
                    .setScale(0, RoundingMode.HALF_UP)
                    .longValueExact();
        } catch (ArithmeticException overflow) {
            throw tooLong(text, overflow);
        }
    }

    private static IllegalArgumentException tooLong(String text, ArithmeticException overflow) {
        return new IllegalArgumentException("the span \"" + shown(text) + "\" is too long", overflow);
    }

    private static long unitNs(String text, String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "min" -> 60_000_000_000L;
            default -> throw bad(text);
        };
    }

    /**
     * Writes a span with the largest unit that leaves a whole number: {@code 1500us}, {@code 2s}, {@code 0}; one of more
     * than a millisecond that has odd nanoseconds as milliseconds, {@code 674.302621ms}.
     *
     * @param spanNs a span in nanoseconds
     */
    public static String format(long spanNs) {
        if (spanNs == 0) {
            return "0";
        }
        if (spanNs % 1_000_000_000L == 0) {
            return spanNs / 1_000_000_000L + "s";
        }
        if (spanNs % 1_000_000L == 0) {
            return spanNs / 1_000_000L + "ms";
        }
        if (spanNs % 1_000L == 0) {
            return spanNs / 1_000L + "us";
        }
        return spanNs < 1_000_000L
                ? spanNs + "ns"
                : BigDecimal.valueOf(spanNs, 6).toPlainString() + "ms";
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static String shown(String text) {
        return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "..." : text;
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException("\"" + shown(text) + "\" is not a span of time such as 100us, 1.5ms or 2s");
    }
}
