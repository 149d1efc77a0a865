package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Nearest;
import dev.swtch.engine.workload.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a file and what is to be noted about it. */
final class Findings {
    /** More errors than anybody reads at once. */
    private static final int MOST = 50;

    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<Diagnostic> notes = new ArrayList<>();

    void error(@Nullable Place place, String message) {
        add(Diagnostic.at(place, message));
    }

    void expected(Place place, String message, String expected, String found) {
        add(new Diagnostic(place, message, expected, found, null));
    }

    /** A word that is none of those known. */
    void unknown(@Nullable Place place, String message, String word, Collection<String> known) {
        String nearest = Nearest.of(word, known);
        String expected = nearest == null && !known.isEmpty()
                ? (known.size() == 1 ? "" : "one of ") + String.join(", ", known)
                : null;
        add(new Diagnostic(place, message, expected, null, nearest));
    }

    /** Instances of one thread find the same error at the same place; it is told once. */
    void add(Diagnostic error) {
        if (errors.size() <= MOST && !errors.contains(error)) {
            errors.add(error);
        }
    }

    void note(Place place, String message) {
        notes.add(Diagnostic.at(place, message));
    }

    int count() {
        return errors.size();
    }

    /** In the order of the file; at one place in the order in which they were found. */
    List<Diagnostic> errors() {
        List<Diagnostic> sorted = new ArrayList<>(errors.subList(0, Math.min(MOST, errors.size())));
        sorted.sort(Comparator.comparing(
                Diagnostic::place,
                Comparator.nullsFirst(Comparator.comparingInt(Place::line).thenComparingInt(Place::column))));
        if (errors.size() > MOST) {
            sorted.add(Diagnostic.at(null, "and more: the first " + MOST + " are shown"));
        }
        return sorted;
    }

    List<Diagnostic> notes() {
        return List.copyOf(notes);
    }
}
