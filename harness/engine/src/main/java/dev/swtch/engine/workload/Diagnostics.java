package dev.swtch.engine.workload;

import java.util.List;

/** Puts a list of diagnostics into one text: one line for one, a numbered list for several. */
final class Diagnostics {
    private Diagnostics() {}

    static String text(String subject, List<Diagnostic> errors) {
        if (errors.size() == 1) {
            return errors.get(0).toString();
        }
        StringBuilder text =
                new StringBuilder(subject).append(": ").append(errors.size()).append(" errors");
        for (int i = 0; i < errors.size(); i++) {
            text.append("\n  ").append(i + 1).append(") ").append(errors.get(i));
        }
        return text.toString();
    }
}
