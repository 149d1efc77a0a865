package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Diagnostic;

/** The text cannot be read on; carries the reason to the entry. */
final class SyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    SyntaxError(Diagnostic diagnostic) {
        super(diagnostic.toString());
        this.diagnostic = diagnostic;
    }

    Diagnostic diagnostic() {
        return diagnostic;
    }
}
