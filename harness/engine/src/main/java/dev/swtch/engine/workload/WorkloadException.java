package dev.swtch.engine.workload;

import java.util.List;

/** A workload that contradicts itself or names things that do not exist; carries every error found in it. */
public final class WorkloadException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> errors;

    /**
     * Collects the errors of one workload.
     *
     * @param workload name of the workload
     * @param errors at least one error
     */
    public WorkloadException(String workload, List<Diagnostic> errors) {
        super(Diagnostics.text("workload " + workload, errors));
        this.errors = List.copyOf(errors);
    }

    /** The errors, in source order. */
    public List<Diagnostic> errors() {
        return errors;
    }
}
