package dev.swtch.engine.workload;

import java.util.List;

/** An input file that cannot be used; carries every error found in it. The command turns it into exit code 2. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> errors;

    /**
     * Collects the errors of one file.
     *
     * @param file name of the file as the user gave it
     * @param errors at least one error
     */
    public BadInputException(String file, List<Diagnostic> errors) {
        super(Diagnostics.text(file, errors));
        this.errors = List.copyOf(errors);
    }

    /** The errors, in the order in which they stand in the file. */
    public List<Diagnostic> errors() {
        return errors;
    }
}
