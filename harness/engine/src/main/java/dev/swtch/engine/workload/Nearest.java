package dev.swtch.engine.workload;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the known word closest to a mistyped one, for messages. */
public final class Nearest {
    private Nearest() {}

    /**
     * The known word with the smallest edit distance, the first of them on a tie.
     *
     * @param word what the user wrote
     * @param known the words that would have been right, in a fixed order
     * @return the nearest one, or null if none is near enough to be meant
     */
    public static @Nullable String of(String word, Collection<String> known) {
        String best = null;
        int bestDistance = Math.min(word.length(), Math.max(1, (word.length() + 1) / 3) + 1);
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < bestDistance) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein distance without regard to case. */
    static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        int[] current = new int[right.length() + 1];
        for (int j = 0; j < previous.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int change = same(left.charAt(i - 1), right.charAt(j - 1)) ? 0 : 1;
                current[j] = Math.min(previous[j - 1] + change, Math.min(previous[j], current[j - 1]) + 1);
            }
            int[] swap = previous;
            previous = current;
            current = swap;
        }
        return previous[right.length()];
    }

    private static boolean same(char left, char right) {
        return Character.toLowerCase(left) == Character.toLowerCase(right);
    }
}
