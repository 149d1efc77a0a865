package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Place;

/** The file cannot be read on; carries the reason to the entry. */
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    Unreadable(Place place, String message) {
        super(message);
        this.diagnostic = Diagnostic.at(place, message);
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
