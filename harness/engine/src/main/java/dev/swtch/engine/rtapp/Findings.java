package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Nearest;
import dev.swtch.engine.workload.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a file, what is doubtful about it, and what was assumed. */
final class Findings {
    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> warnings = new ArrayList<>();
    private final boolean strict;

    Findings(boolean strict) {
        this.strict = strict;
    }

    void error(Place place, String message) {
        errors.add(Diagnostic.at(place, message));
    }

    void expected(Place place, String message, String expected, String found) {
        errors.add(new Diagnostic(place, message, expected, found, null));
    }

    void unknown(Place place, String message, String word, List<String> known) {
        errors.add(new Diagnostic(place, message, null, null, Nearest.of(word, known)));
    }

    /** An unknown key: ignored with a warning as rt-app does silently, refused in the strict dialect. */
    void unknownKey(Place place, String where, String key, List<String> known) {
        String message = "unknown key \"" + key + "\" in " + where + (strict ? "" : " is ignored");
        (strict ? errors : warnings).add(new Diagnostic(place, message, null, null, Nearest.of(key, known)));
    }

    void warn(Place place, String message) {
        warnings.add(Diagnostic.at(place, message));
    }

    /** Warns once per message, at the first place. */
    void warnOnce(Place place, String message) {
        if (warnings.stream().noneMatch(warning -> warning.message().equals(message))) {
            warn(place, message);
        }
    }

    List<Diagnostic> errors() {
        return sorted(errors);
    }

    List<Diagnostic> warnings() {
        return sorted(warnings);
    }

    /** In the order of the file; at one place in the order in which they were found. */
    private static List<Diagnostic> sorted(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .sorted(Comparator.comparing(
                        Diagnostic::place,
                        Comparator.nullsFirst(
                                Comparator.comparingInt(Place::line).thenComparingInt(Place::column))))
                .toList();
    }
}
