package dev.swtch.engine.workload;

import dev.swtch.spi.thread.ThreadClass;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Checks a workload's source and lays out its tables. Used once. */
final class WorkloadCompiler {
    final List<ThreadEntry> threads = new ArrayList<>();
    final List<Program> programs = new ArrayList<>();
    final List<String> processes = new ArrayList<>(List.of("kernel"));
    final List<String> probes = new ArrayList<>();
    final List<DeviceEntry> devices = new ArrayList<>();
    final List<ArrivalEntry> arrivals = new ArrayList<>();
    final EnumSet<Need> needs = EnumSet.noneOf(Need.class);
    final Affinities affinities = new Affinities();
    final SortedSet<Integer> ranks = new TreeSet<>();
    int initialThreads;

    /** For each kind of thread, the entry from which forks are made, or -1. */
    private final int[] onDemandEntries;

    /** Names that threads join, by the index that operands hold. */
    private final List<String> joined = new ArrayList<>();

    private final WorkloadSource source;
    private final List<Diagnostic> errors = new ArrayList<>();
    private final Scope scope;

    WorkloadCompiler(WorkloadSource source) {
        this.source = source;
        scope = new Scope(source, message -> errors.add(Diagnostic.at(null, message)));
        onDemandEntries = new int[source.threads().size()];
    }

    Workload compile() {
        SourceChecker checker = new SourceChecker(source, scope, errors);
        checker.check();
        if (!errors.isEmpty()) {
            throw new WorkloadException(source.name(), errors);
        }
        layOutThreads(checker.forkTargets());
        compileDevices();
        compileArrivals();
        compilePrograms();
        findNeeds();
        return new Workload(source, this);
    }

    private void layOutThreads(Set<String> forkTargets) {
        List<ThreadKind> specs = source.threads();
        ThreadEntry[] patterns = new ThreadEntry[specs.size()];
        for (int kind = 0; kind < specs.size(); kind++) {
            ThreadKind spec = specs.get(kind);
            patterns[kind] = pattern(spec, kind);
            for (int instance = 0; instance < spec.paths().size(); instance++) {
                threads.add(instance(spec, patterns[kind], instance));
            }
        }
        initialThreads = threads.size();
        for (int kind = 0; kind < patterns.length; kind++) {
            if (forkTargets.contains(patterns[kind].path())) {
                onDemandEntries[kind] = threads.size();
                threads.add(patterns[kind]);
            }
        }
    }

    private ThreadEntry pattern(ThreadKind spec, int kind) {
        return new ThreadEntry(
                spec.name(),
                kind,
                -1,
                spec.threadClass(),
                spec.rank(),
                spec.nice(),
                spec.pinnedAtRandom()
                        ? affinities.eachBySelf(spec.affinity(), "thread " + spec.name(), spec.place())
                        : affinities.set(spec.affinity(), "thread " + spec.name(), spec.place()),
                spec.pinnedAtRandom() ? spec.affinity().size() : 1,
                0,
                Math.min(0, spec.timerBaseNs()),
                spec.threadClass().isUser() ? process(spec.process()) : 0,
                true,
                Streams.key(source.seed(), spec.name()));
    }

    private ThreadEntry instance(ThreadKind spec, ThreadEntry pattern, int instance) {
        String path = spec.paths().get(instance);
        return new ThreadEntry(
                path,
                pattern.program(),
                instance,
                pattern.threadClass(),
                pattern.rank(),
                pattern.nice(),
                pattern.affinitySet(),
                pattern.affinitySets(),
                spec.startNs(),
                spec.timerBaseNs(),
                pattern.process(),
                false,
                Streams.key(source.seed(), path));
    }

    private int process(String name) {
        return indexIn(processes, name);
    }

    private void compileDevices() {
        for (int line = 0; line < source.devices().size(); line++) {
            DeviceSpec spec = source.devices().get(line);
            String posts = spec.posts();
            int posted = posts == null ? -1 : scope.semaphores.index(posts);
            devices.add(new DeviceEntry(spec, line, posted, source.seed()));
            affinities.use(spec.cpu(), "device " + spec.name(), spec.place());
        }
    }

    private void compileArrivals() {
        for (ArrivalSpec spec : source.arrivals()) {
            long key = Streams.key(source.seed(), "arrivals:" + spec.name());
            arrivals.add(compiled(spec, key));
            affinities.use(spec.cpu(), "arrivals " + spec.name(), spec.place());
            needs.add(Need.DEVICE);
        }
    }

    private ArrivalEntry compiled(ArrivalSpec spec, long key) {
        if (spec.each() instanceof ArrivalTarget.Fork fork) {
            needs.add(Need.FORK);
            return new ArrivalEntry(spec, key, onDemandEntry(fork.thread()), -1, -1, -1);
        } else if (spec.each() instanceof ArrivalTarget.Post post) {
            String taken = post.taken();
            int take = taken == null ? -1 : scope.semaphores.index(taken);
            return new ArrivalEntry(spec, key, -1, scope.semaphores.index(post.semaphore()), take, -1);
        }
        ArrivalTarget.Wake wake = (ArrivalTarget.Wake) spec.each();
        return new ArrivalEntry(spec, key, -1, -1, -1, scope.conditions.index(wake.condition()));
    }

    private void compilePrograms() {
        DrawsBuilder sites = new DrawsBuilder();
        List<ProgramCompiler> compiled = new ArrayList<>();
        for (ThreadKind spec : source.threads()) {
            ProgramCompiler compiler = new ProgramCompiler(this, spec, sites);
            compiler.compileAll(spec.body());
            compiled.add(compiler);
        }
        Draws draws = new Draws(sites);
        for (ProgramCompiler compiler : compiled) {
            programs.add(compiler.finish(draws));
        }
    }

    private void findNeeds() {
        for (ThreadKind spec : source.threads()) {
            needClass(spec.threadClass(), spec.rank());
            if (spec.nice() != 0) {
                needs.add(Need.NICE);
            }
            if (!spec.affinity().isEmpty()) {
                needs.add(Need.AFFINITY);
            }
        }
        if (!devices.isEmpty()) {
            needs.add(Need.DEVICE);
        }
        if (source.devices().stream().anyMatch(device -> !device.fast())) {
            needs.add(Need.THREADED_INTERRUPT);
        }
        if (source.cpuStartsNs().stream().anyMatch(startNs -> startNs > 0)) {
            needs.add(Need.LATE_CPUS);
        }
    }

    void needClass(ThreadClass threadClass, int rank) {
        switch (threadClass) {
            case REALTIME -> {
                needs.add(Need.REALTIME_CLASS);
                ranks.add(rank);
            }
            case IDLE -> needs.add(Need.IDLE_CLASS);
            case KERNEL, INTERRUPT, CPU_IDLE -> needs.add(Need.KERNEL_THREAD);
            case TIMESHARE -> {}
        }
    }

    Scope scope() {
        return scope;
    }

    WorkloadSource source() {
        return source;
    }

    /** The thread table's entry for forks of a kind. */
    int onDemandEntry(String kind) {
        return onDemandEntries[scope.kinds.index(kind)];
    }

    int probe(String label) {
        return indexIn(probes, label);
    }

    /** The group of the kinds of threads that a name stands for. */
    int joinGroup(String name) {
        return indexIn(joined, name);
    }

    /** For each group, the indices of the programs its threads run. */
    List<List<Integer>> joinGroups() {
        return joined.stream()
                .map(name -> scope.family(name).stream()
                        .map(kind -> scope.kinds.index(kind.name()))
                        .toList())
                .toList();
    }

    private static <T> int indexIn(List<T> known, T item) {
        int index = known.indexOf(item);
        if (index < 0) {
            known.add(item);
            index = known.size() - 1;
        }
        return index;
    }
}
