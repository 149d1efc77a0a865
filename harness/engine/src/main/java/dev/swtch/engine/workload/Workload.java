package dev.swtch.engine.workload;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/**
 * A compiled workload: immutable, free of names on the way an interpreter takes, and the same for every scheduler.
 *
 * <p>The first {@link #initialThreads} entries of the thread table are made at the start, in that order; the entries
 * after them are the patterns of threads made on demand.
 */
public final class Workload {
    /** Duration of a workload that runs until all its threads have exited. */
    public static final long UNTIL_ALL_EXIT = -1;

    private final WorkloadSource source;
    private final List<ThreadEntry> threads;
    private final int initialThreads;
    private final List<Program> programs;
    private final List<int[]> affinitySets;
    private final List<String> processes;
    private final List<String> probes;
    private final List<DeviceEntry> devices;
    private final List<ArrivalEntry> arrivals;
    private final List<CpuUse> cpuUses;
    private final EnumSet<Need> needs;
    private final int[] ranks;

    Workload(WorkloadSource source, WorkloadCompiler compiled) {
        this.source = source;
        threads = List.copyOf(compiled.threads);
        initialThreads = compiled.initialThreads;
        programs = List.copyOf(compiled.programs);
        affinitySets = List.copyOf(compiled.affinities.sets());
        processes = List.copyOf(compiled.processes);
        probes = List.copyOf(compiled.probes);
        devices = List.copyOf(compiled.devices);
        arrivals = List.copyOf(compiled.arrivals);
        cpuUses = List.copyOf(compiled.affinities.uses());
        needs = EnumSet.copyOf(compiled.needs);
        ranks = compiled.ranks.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Starts a workload in Java. */
    public static WorkloadBuilder builder(String name) {
        return new WorkloadBuilder(name);
    }

    /** Name. */
    public String name() {
        return source.name();
    }

    /** One line about it, may be empty. */
    public String about() {
        return source.about();
    }

    /** Length of the run in ns, or {@link #UNTIL_ALL_EXIT}. */
    public long durationNs() {
        return source.durationNs();
    }

    /** Seed of all random streams. */
    public long seed() {
        return source.seed();
    }

    /** The same workload with other random draws. */
    public Workload withSeed(long seed) {
        return source.withSeed(seed).compile();
    }

    /** The same workload with another length, in ns or {@link #UNTIL_ALL_EXIT}. */
    public Workload withDurationNs(long durationNs) {
        return source.withDurationNs(durationNs).compile();
    }

    /** The thread table: threads made at the start, then patterns of threads made on demand. */
    public List<ThreadEntry> threads() {
        return threads;
    }

    /** How many threads are made at the start. */
    public int initialThreads() {
        return initialThreads;
    }

    /** Programs, by the index that thread entries hold. */
    public List<Program> programs() {
        return programs;
    }

    /** The program of a thread entry. */
    public Program programOf(ThreadEntry thread) {
        return programs.get(thread.program());
    }

    /** Process names, by the index that thread entries hold. Process 0 is the kernel's own. */
    public List<String> processes() {
        return processes;
    }

    /**
     * The CPUs of an affinity set, rising; not a copy, nobody writes it.
     *
     * @param set index from a thread entry or an operand, not -1
     */
    public int[] affinitySet(int set) {
        return affinitySets.get(set);
    }

    /** Number of affinity sets. */
    public int affinitySets() {
        return affinitySets.size();
    }

    /** The objects threads meet at. */
    public ObjectTables objects() {
        return source.objects();
    }

    /** Devices, by the index that operands hold. */
    public List<DeviceEntry> devices() {
        return devices;
    }

    /** What arrives from outside. */
    public List<ArrivalEntry> arrivals() {
        return arrivals;
    }

    /** Labels of latency measurements, by the index that operands hold. */
    public List<String> probes() {
        return probes;
    }

    /** When a CPU starts, in ns. */
    public long cpuStartNs(int cpu) {
        return cpu < source.cpuStartsNs().size() ? source.cpuStartsNs().get(cpu) : 0;
    }

    /** What the workload asks of a scheduler; a copy. */
    public EnumSet<Need> needs() {
        return EnumSet.copyOf(needs);
    }

    /** The different realtime ranks that occur, rising: a scheduler with fewer levels can map them by their order. */
    public int[] ranks() {
        return ranks.clone();
    }

    /**
     * A realtime rank as one of a limited number of levels.
     *
     * <p>Only the order of ranks means something, so they are spread over all levels, the most urgent on top: kernels keep
     * neighbouring levels in one run queue (four of them, {@code RQ_PPQ} and {@code PPQ}), at whose head a preempted thread
     * goes on before a more urgent one that came later. Ranks fall together only if there are more of them than levels.
     *
     * @param rank a rank of this workload
     * @param levels number of levels
     * @return 0 to levels - 1, higher is more urgent
     */
    public int level(int rank, int levels) {
        int order = Math.max(0, Arrays.binarySearch(ranks, rank));
        int above = ranks.length - 1 - order;
        return Math.max(0, levels - 1 - (int) ((long) above * levels / Math.max(1, ranks.length)));
    }

    /** What the reader of the workload had to say, for the report: warnings, assumptions, hints that have no effect. */
    public List<Diagnostic> notes() {
        return source.notes();
    }

    /** What the workload asks to be measured and what it expects of a run. */
    public Goals goals() {
        return source.goals();
    }

    /** The source form it was compiled from. */
    public WorkloadSource source() {
        return source;
    }

    /** The name of a forked thread. */
    public String forkedPath(String parentPath, boolean parentForked, ThreadEntry pattern, long number) {
        return source.forkPaths().path(parentPath, parentForked, pattern.path(), number);
    }

    /** Least number of CPUs on which the workload can run. */
    public int minimumCpus() {
        int minimum = 1;
        for (CpuUse use : cpuUses) {
            minimum = Math.max(minimum, use.cpu() + 1);
        }
        return minimum;
    }

    /**
     * Checks every CPU number against a machine.
     *
     * @param cpus how many CPUs the machine has
     * @return one error for each use of a CPU that it has not; empty if the workload fits
     */
    public List<Diagnostic> misfits(int cpus) {
        return cpuUses.stream()
                .filter(use -> use.cpu() >= cpus)
                .map(use -> new Diagnostic(
                        use.place(),
                        use.user() + " names a CPU that the machine does not have",
                        "0 to " + (cpus - 1),
                        Integer.toString(use.cpu()),
                        null))
                .toList();
    }
}
