package dev.swtch.engine.workload;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which value of a result is meant, as in {@code turnaround}, {@code mean-turnaround} or {@code p99.9}.
 *
 * @param fold how the values of several threads become one
 * @param quantity what is looked at
 * @param percentile which percentile, in thousandths; 0 unless the quantity is {@link Quantity#PERCENTILE}
 */
public record Statistic(Fold fold, Quantity quantity, int percentile) {
    /** The subject that stands for the whole run. */
    public static final String RUN = "run";

    /** The subject that stands for all threads. */
    public static final String THREADS = "threads";

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
        if (!ofRun && isPercentile(word)) {
            BigDecimal thousandths = new BigDecimal(word.substring(1)).movePointRight(3);
            boolean sensible = thousandths.stripTrailingZeros().scale() <= 0
                    && thousandths.compareTo(BigDecimal.valueOf(MOST_PERCENTILE)) <= 0;
            return sensible ? new Statistic(Fold.EACH, Quantity.PERCENTILE, thousandths.intValueExact()) : null;
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

    /** Whether a word is a percentile's: p50, p99.9. */
    public static boolean isPercentile(String word) {
        return word.matches("p[0-9]{1,3}([.][0-9]{1,6})?");
    }

    /** The words that may stand behind a dot, for messages. */
    public static List<String> words(boolean ofRun) {
        List<String> words = new ArrayList<>();
        for (Quantity quantity : Quantity.values()) {
            if (quantity == Quantity.PERCENTILE) {
                words.addAll(ofRun ? List.of() : List.of("p50", "p99", "p99.9"));
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

    /** How it is written. */
    public String word() {
        return fold.prefix + quantity.word() + (quantity == Quantity.PERCENTILE ? thousandths(percentile) : "");
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
