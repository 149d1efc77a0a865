package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Times;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A number of an expression, or a span of time in ns. Arithmetic keeps 34 digits.
 *
 * @param value the number, or the ns
 * @param isTime whether it is a span of time
 */
record Amount(BigDecimal value, boolean isTime) {
    private static final MathContext DIGITS = MathContext.DECIMAL128;
    /** A number with all digits that arithmetic keeps, and room for as many zeros. */
    private static final int LONGEST = 80;

    private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE / 4);

    /** A word that begins with a digit: a number, or a span of time with its unit. */
    static Amount parse(String text) {
        boolean plain = !text.isEmpty();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            plain &= character >= '0' && character <= '9' || character == '.' || character == '-' && i == 0;
        }
        if (plain && text.length() <= LONGEST) {
            try {
                return checked(new BigDecimal(text), false);
            } catch (NumberFormatException notOne) {
                throw new IllegalArgumentException("\"" + Texts.shortened(text) + "\" is not a number", notOne);
            }
        }
        boolean negative = text.startsWith("-");
        long ns = Times.parseNs(negative ? text.substring(1) : text);
        return new Amount(BigDecimal.valueOf(negative ? -ns : ns), true);
    }

    static Amount number(long value) {
        return new Amount(BigDecimal.valueOf(value), false);
    }

    Amount plus(Amount other, int sign) {
        if (isTime != other.isTime && value.signum() != 0 && other.value.signum() != 0) {
            throw new IllegalArgumentException("a time and a number cannot be added");
        }
        BigDecimal term = sign < 0 ? other.value.negate() : other.value;
        return checked(value.add(term, DIGITS), isTime || other.isTime);
    }

    Amount times(Amount other) {
        if (isTime && other.isTime) {
            throw new IllegalArgumentException("two times cannot be multiplied");
        }
        return checked(value.multiply(other.value, DIGITS), isTime || other.isTime);
    }

    Amount dividedBy(Amount other) {
        if (other.isTime && !isTime) {
            throw new IllegalArgumentException("a number cannot be divided by a time");
        }
        if (other.value.signum() == 0) {
            throw new IllegalArgumentException("division by zero");
        }
        return checked(value.divide(other.value, DIGITS), isTime && !other.isTime);
    }

    private static Amount checked(BigDecimal value, boolean isTime) {
        if (value.abs().compareTo(LARGEST) > 0) {
            throw new IllegalArgumentException("the value is too large", new ArithmeticException());
        }
        return new Amount(value, isTime);
    }

    /** Rounded to a whole number, halves up. */
    long rounded() {
        return checked(value, isTime).value.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    /** So many times as much, rounded as {@link #rounded} does; the largest or least there is instead of more. */
    long scaled(long factor) {
        BigDecimal product = value.multiply(BigDecimal.valueOf(factor), DIGITS);
        return product.min(LARGEST)
                .max(LARGEST.negate())
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    boolean isWhole() {
        return value.stripTrailingZeros().scale() <= 0;
    }

    /** As it would be written. */
    String text() {
        if (isTime) {
            long ns = rounded();
            return ns < 0 ? "-" + Times.format(-ns) : Times.format(ns);
        }
        BigDecimal plain = value.stripTrailingZeros();
        return plain.scale() < -40 || plain.scale() > 40 ? plain.toEngineeringString() : plain.toPlainString();
    }
}
