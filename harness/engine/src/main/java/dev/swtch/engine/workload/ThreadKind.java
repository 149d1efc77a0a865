package dev.swtch.engine.workload;

import dev.swtch.spi.thread.ThreadClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of thread in the source form; all its instances run the same steps.
 *
 * @param name unique among the kinds of threads
 * @param paths stable path name of each instance made at the start; may be empty for a fork target
 * @param process name of the process (address space) the threads belong to
 * @param threadClass class
 * @param rank rank in the realtime class, higher is more urgent; kept as given, only its order counts
 * @param nice nice value, -20 to 20
 * @param affinity CPUs the threads may use, or {@link NodeRef}s, empty for all
 * @param pinnedAtRandom whether each thread may use but one of them, drawn when it is made
 * @param startNs when the threads begin, ns after the start of the run
 * @param timerBaseNs where the time of the threads' timers begins, ns after the start of the run, or
 *     {@link ThreadEntry#OWN_START}
 * @param body the steps
 * @param place where it was written, or null
 */
public record ThreadKind(
        String name,
        List<String> paths,
        String process,
        ThreadClass threadClass,
        int rank,
        int nice,
        List<Integer> affinity,
        boolean pinnedAtRandom,
        long startNs,
        long timerBaseNs,
        List<Step> body,
        @Nullable Place place) {

    /** Copies the lists. */
    public ThreadKind {
        paths = List.copyOf(paths);
        affinity = List.copyOf(affinity);
        body = List.copyOf(body);
    }
}
