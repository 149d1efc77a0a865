package dev.swtch.engine.discovery;

import dev.swtch.engine.workload.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A choice of the user that cannot be met; the message says what was found, what was expected and what is nearest. */
public final class BadChoiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with a choice in one sentence without a full stop. */
    public BadChoiceException(String message) {
        super(message);
    }

    /**
     * A name that is not known.
     *
     * @param kind what it should name: {@code scheduler}
     * @param found what the user wrote
     * @param known all names that would have been right
     */
    public static BadChoiceException unknown(String kind, String found, Collection<String> known) {
        String text = "unknown " + kind + " '" + found + "'";
        if (known.isEmpty()) {
            return new BadChoiceException(text + ": there are none");
        }
        String nearest = Nearest.of(found, known);
        List<String> ordered = new ArrayList<>(known);
        if (nearest != null) {
            ordered.remove(nearest);
            ordered.add(0, nearest);
        }
        return new BadChoiceException(text + ": expected " + (known.size() == 1 ? "" : "one of ")
                + String.join(", ", ordered) + (nearest == null ? "" : " (did you mean \"" + nearest + "\"?)"));
    }
}
