package dev.swtch.engine.trace;

import dev.swtch.engine.trace.stat.TaskStatistics;
import dev.swtch.engine.trace.text.PassedOver;
import dev.swtch.engine.workload.Diagnostic;
import dev.swtch.engine.workload.Workload;
import java.util.List;

/**
 * What was found in a trace.
 *
 * @param workload the workload made of it
 * @param recorder the tool whose text it is
 * @param cpus CPUs of the recorded machine, as far as the trace tells
 * @param tasks how many tasks it names, idle apart
 * @param threads how many of them are part of the workload
 * @param switches switches, those from and to idle included
 * @param wakes wake-ups
 * @param spanNs time from the first switch to the last, ns
 * @param statistics what each task did, most run time first; only the tasks that were asked for
 * @param passedOver what else was in the file
 * @param warnings why the workload may not be all that happened; also notes of the workload
 */
public record TraceImport(
        Workload workload,
        String recorder,
        int cpus,
        int tasks,
        int threads,
        long switches,
        long wakes,
        long spanNs,
        List<TaskStatistics> statistics,
        PassedOver passedOver,
        List<Diagnostic> warnings) {

    /** Copies the lists. */
    public TraceImport {
        warnings = List.copyOf(warnings);
        statistics = List.copyOf(statistics);
    }
}
