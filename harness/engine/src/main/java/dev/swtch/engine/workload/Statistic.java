package dev.swtch.engine.workload;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which value of a result is meant, as in {@code turnaround}, {@code mean-turnaround}, {@code p99.9} or
 * {@code above-2ms}.
 *
 * @param fold how the values of several threads become one
 * @param quantity what is looked at
 * @param argument which of its values: a percentile in thousandths, a time in ns, a number; 0 unless the quantity
 *     {@link Quantity#hasArgument has one}
 */
public record Statistic(Fold fold, Quantity quantity, long argument) {
    /** The subject that stands for the whole run. */
    public static final String RUN = "run";

    /** The subject that stands for all threads. */
    public static final String THREADS = "threads";

    /** How many under way are told apart at most. */
    public static final int MOST_COUNTED = 10_000;

    /** The highest percentile: all values. */
    public static final int MOST_PERCENTILE = 100_000;

    /** How the values of several threads become one. */
    public enum Fold {
        /** They do not: each is meant. */
        EACH(""),
        /** Their mean, rounded half up. */
        MEAN("mean-"),
        /** The smallest. */
        LEAST("least-"),
        /** The largest. */
        MOST("most-"),
        /** Their sum. */
        TOTAL("total-");

        private final String prefix;

        Fold(String prefix) {
            this.prefix = prefix;
        }
    }

    /**
     * Reads what stands behind the dot.
     *
     * @param word such as {@code end} or {@code p99}
     * @param ofRun whether the subject is {@link #RUN}
     * @return the statistic, or null if there is none of that name
     */
    public static @Nullable Statistic parse(String word, boolean ofRun) {
        if (!ofRun && hasArgument(word)) {
            return withArgument(word);
        }
        for (Fold fold : Fold.values()) {
            Quantity quantity =
                    word.startsWith(fold.prefix) ? Quantity.ofWord(word.substring(fold.prefix.length()), ofRun) : null;
            if (quantity != null && (fold == Fold.EACH || quantity.of() == Quantity.Of.THREAD)) {
                return new Statistic(fold, quantity, 0);
            }
        }
        return null;
    }

    /** Whether a word is one that has an argument, such as p99.9 or above-2.5ms; that may be senseless all the same. */
    public static boolean hasArgument(String word) {
        return word.matches("p[0-9]{1,3}([.][0-9]{1,6})?|above-[0-9]+([.][0-9]+)?[a-z]*|in-system-[0-9]+");
    }

    private static @Nullable Statistic withArgument(String word) {
        if (word.startsWith(Quantity.IN_SYSTEM_JUST.word())) {
            String number = word.substring(Quantity.IN_SYSTEM_JUST.word().length());
            boolean sensible = number.length() <= 6 && Integer.parseInt(number) <= MOST_COUNTED;
            return sensible ? new Statistic(Fold.EACH, Quantity.IN_SYSTEM_JUST, Integer.parseInt(number)) : null;
        }
        if (word.startsWith(Quantity.ABOVE.word())) {
            try {
                long ns = Times.parseNs(word.substring(Quantity.ABOVE.word().length()));
                return new Statistic(Fold.EACH, Quantity.ABOVE, ns);
            } catch (IllegalArgumentException noTime) {
                return null;
            }
        }
        BigDecimal thousandths = new BigDecimal(word.substring(1)).movePointRight(3);
        boolean sensible = thousandths.stripTrailingZeros().scale() <= 0
                && thousandths.compareTo(BigDecimal.valueOf(MOST_PERCENTILE)) <= 0;
        return sensible ? new Statistic(Fold.EACH, Quantity.PERCENTILE, thousandths.intValueExact()) : null;
    }

    /** The words that may stand behind a dot, for messages. */
    public static List<String> words(boolean ofRun) {
        List<String> words = new ArrayList<>();
        for (Quantity quantity : Quantity.values()) {
            if (quantity.hasArgument()) {
                words.addAll(ofRun ? List.of() : examples(quantity));
            } else if (quantity.of() == Quantity.Of.RUN == ofRun) {
                words.add(quantity.word());
            }
        }
        for (Fold fold : Fold.values()) {
            for (Quantity quantity : Quantity.values()) {
                if (!ofRun && fold != Fold.EACH && quantity.of() == Quantity.Of.THREAD) {
                    words.add(fold.prefix + quantity.word());
                }
            }
        }
        return words;
    }

    private static List<String> examples(Quantity quantity) {
        return switch (quantity) {
            case ABOVE -> List.of("above-2ms");
            case IN_SYSTEM_JUST -> List.of("in-system-3");
            default -> List.of("p50", "p99", "p99.9");
        };
    }

    /** How it is written. */
    public String word() {
        return fold.prefix
                + quantity.word()
                + switch (quantity) {
                    case PERCENTILE -> thousandths(argument);
                    case ABOVE -> Times.format(argument);
                    case IN_SYSTEM_JUST -> Long.toString(argument);
                    default -> "";
                };
    }

    /** A number in thousandths as it is written. */
    public static String thousandths(long value) {
        return plain(BigDecimal.valueOf(value, 3));
    }

    /** A value of this statistic for people. */
    public String text(long value) {
        return switch (quantity.unit()) {
            case TIME -> value < 0 ? "-" + Times.format(-value) : Times.format(value);
            case COUNT -> String.format(Locale.ROOT, "%d", value);
            case FRACTION -> plain(BigDecimal.valueOf(value, 6));
        };
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
