package dev.swtch.engine.workload;

import java.util.List;

/**
 * The source form of a workload, as a reader of files or the {@link WorkloadBuilder} makes it.
 *
 * @param name name
 * @param about one line about it, may be empty
 * @param durationNs length of the run in ns, or {@link Workload#UNTIL_ALL_EXIT}
 * @param seed seed of all random streams
 * @param threads kinds of threads, in the order of creation
 * @param objects objects
 * @param devices devices
 * @param arrivals what arrives from outside
 * @param cpuStartsNs when each CPU starts, ns; CPUs beyond the list start at 0
 * @param cpus how many CPUs the machine has unless the user chooses another, or 0
 * @param forkPaths how forked threads are named
 * @param notes what the reader has to say about the workload, for the report
 * @param goals what the workload asks to be measured and what it expects
 */
public record WorkloadSource(
        String name,
        String about,
        long durationNs,
        long seed,
        List<ThreadKind> threads,
        ObjectTables objects,
        List<DeviceSpec> devices,
        List<ArrivalSpec> arrivals,
        List<Long> cpuStartsNs,
        int cpus,
        ForkPaths forkPaths,
        List<Diagnostic> notes,
        Goals goals) {

    /** Copies the lists. */
    public WorkloadSource {
        threads = List.copyOf(threads);
        devices = List.copyOf(devices);
        arrivals = List.copyOf(arrivals);
        cpuStartsNs = List.copyOf(cpuStartsNs);
        notes = List.copyOf(notes);
    }

    /** The same with another seed. */
    WorkloadSource withSeed(long newSeed) {
        return with(durationNs, newSeed);
    }

    /** The same with another length. */
    WorkloadSource withDurationNs(long newDurationNs) {
        return with(newDurationNs, seed);
    }

    private WorkloadSource with(long newDurationNs, long newSeed) {
        return new WorkloadSource(
                name,
                about,
                newDurationNs,
                newSeed,
                threads,
                objects,
                devices,
                arrivals,
                cpuStartsNs,
                cpus,
                forkPaths,
                notes,
                goals);
    }

    /**
     * Checks and compiles.
     *
     * @throws WorkloadException with every error found
     */
    public Workload compile() {
        return new WorkloadCompiler(this).compile();
    }
}
