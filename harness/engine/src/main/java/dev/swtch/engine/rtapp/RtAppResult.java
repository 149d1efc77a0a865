package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Workload;
import java.util.List;

/**
 * A workload that was read.
 *
 * @param workload the workload; its notes are the same warnings
 * @param warnings what is doubtful about the file and what was assumed
 */
public record RtAppResult(Workload workload, List<Diagnostic> warnings) {
    /** Copies the list. */
    public RtAppResult {
        warnings = List.copyOf(warnings);
    }
}
