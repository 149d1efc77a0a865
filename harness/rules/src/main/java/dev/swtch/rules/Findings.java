package dev.swtch.rules;

import java.util.ArrayList;
import java.util.List;

/** Collects the violations of all rules, so that one run shows them all. */
final class Findings {
    private final String checked;
    private final List<String> broken = new ArrayList<>();

    Findings(String checked) {
        this.checked = checked;
    }

    /** A rule and where it is violated; nothing happens if it is nowhere. */
    void add(String rule, List<String> violations) {
        if (!violations.isEmpty()) {
            String details = String.join("\n   - ", violations);
            broken.add((broken.size() + 1) + ") " + rule + "\n   - " + details);
        }
    }

    void throwIfAny() {
        if (!broken.isEmpty()) {
            String count = broken.size() == 1 ? "a rule" : broken.size() + " rules";
            throw new AssertionError(checked + " breaks " + count + ":\n\n" + String.join("\n\n", broken));
        }
    }
}
