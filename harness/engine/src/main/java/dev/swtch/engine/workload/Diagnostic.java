package dev.swtch.engine.workload;

import org.jspecify.annotations.Nullable;

/**
 * One error, warning or note about a workload.
 *
 * @param place where in the input, or null when there is no file
 * @param message what is wrong, one sentence without a full stop
 * @param expected what would have been right, or null when the message says it
 * @param found what was there instead, or null
 * @param nearest the known word that the user may have meant, or null
 */
public record Diagnostic(
        @Nullable Place place,
        String message,
        @Nullable String expected,
        @Nullable String found,
        @Nullable String nearest) {

    private static final int LONGEST_PART = 500;

    /** A message with a place and nothing else. */
    public static Diagnostic at(@Nullable Place place, String message) {
        return new Diagnostic(place, message, null, null, null);
    }

    /** What a file says at the wrong place may be of any length. */
    private static String shortened(String part) {
        return part.length() > LONGEST_PART ? part.substring(0, LONGEST_PART) + "..." : part;
    }

    /** The whole message on one line: place, message, expected and found, suggestion. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (place != null) {
            text.append(place).append(": ");
        }
        text.append(shortened(message));
        if (expected != null) {
            text.append(": expected ").append(shortened(expected));
            if (found != null) {
                text.append(", found ").append(shortened(found));
            }
        } else if (found != null) {
            text.append(": found ").append(shortened(found));
        }
        if (nearest != null) {
            text.append(" (did you mean \"").append(nearest).append("\"?)");
        }
        return text.toString();
    }
}
