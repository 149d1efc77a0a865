package dev.swtch.engine.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a workload in Java. Spans are text with a unit ({@code "100us"}); objects are declared, so that a mistyped name
 * is an error.
 *
 * <pre>{@code
 * Workload.builder("ping-pong")
 *         .semaphore("ball", 1)
 *         .semaphore("back", 0)
 *         .thread("ping", t -> t.loop(1000, b -> b.pend("ball").compute("100us").post("back")))
 *         .thread("pong", t -> t.loop(1000, b -> b.pend("back").compute("100us").post("ball")))
 *         .build();
 * }</pre>
 */
public final class WorkloadBuilder {
    private final String name;
    private final List<ThreadKind> threads = new ArrayList<>();
    private final List<ObjectTables.Mutex> mutexes = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private final List<ObjectTables.Semaphore> semaphores = new ArrayList<>();
    private final List<ObjectTables.Barrier> barriers = new ArrayList<>();
    private final List<String> timers = new ArrayList<>();
    private final List<String> kernelMutexes = new ArrayList<>();
    private final List<String> spinLocks = new ArrayList<>();
    private final List<String> serializers = new ArrayList<>();
    private final List<DeviceSpec> devices = new ArrayList<>();
    private final List<ArrivalSpec> arrivals = new ArrayList<>();
    private final List<Long> cpuStartsNs = new ArrayList<>();
    private final List<Diagnostic> notes = new ArrayList<>();
    private int cpus;
    private ForkPaths forkPaths = ForkPaths.NATIVE;
    private Goals goals = Goals.NONE;
    private String about = "";
    private long durationNs = Workload.UNTIL_ALL_EXIT;
    private long seed = 1;

    WorkloadBuilder(String name) {
        this.name = name;
    }

    /** Says in one line what the workload is for. */
    public WorkloadBuilder about(String line) {
        about = line;
        return this;
    }

    /** Ends the run after a time; without it the run lasts until all threads have exited. */
    public WorkloadBuilder duration(String span) {
        return durationNs(Times.parseNs(span));
    }

    /** Ends the run after a time in ns. */
    public WorkloadBuilder durationNs(long spanNs) {
        durationNs = spanNs;
        return this;
    }

    /** Sets the seed of all random draws; 1 without it. */
    public WorkloadBuilder seed(long newSeed) {
        seed = newSeed;
        return this;
    }

    /** Declares a user mutex. */
    public WorkloadBuilder mutex(String mutex) {
        return add(new ObjectTables.Mutex(mutex, false));
    }

    /** Declares a user mutex whose holder inherits the priority of who waits. */
    public WorkloadBuilder inheritingMutex(String mutex) {
        return add(new ObjectTables.Mutex(mutex, true));
    }

    /** Declares a user mutex in the source form. */
    public WorkloadBuilder add(ObjectTables.Mutex mutex) {
        mutexes.add(mutex);
        return this;
    }

    /** Declares a condition variable. */
    public WorkloadBuilder condition(String condition) {
        conditions.add(condition);
        return this;
    }

    /** Declares a semaphore with its initial count. */
    public WorkloadBuilder semaphore(String semaphore, int initial) {
        return add(new ObjectTables.Semaphore(semaphore, initial));
    }

    /** Declares a semaphore in the source form. */
    public WorkloadBuilder add(ObjectTables.Semaphore semaphore) {
        semaphores.add(semaphore);
        return this;
    }

    /** Declares a barrier. */
    public WorkloadBuilder barrier(String barrier, int parties) {
        barriers.add(new ObjectTables.Barrier(barrier, parties));
        return this;
    }

    /** Declares a timer that several threads share. */
    public WorkloadBuilder timer(String timer) {
        timers.add(timer);
        return this;
    }

    /** Declares a kernel mutex. */
    public WorkloadBuilder kernelMutex(String mutex) {
        kernelMutexes.add(mutex);
        return this;
    }

    /** Declares a spin lock. */
    public WorkloadBuilder spinLock(String lock) {
        spinLocks.add(lock);
        return this;
    }

    /** Declares a serializer: a kernel lock that is given up while its holder sleeps. */
    public WorkloadBuilder serializer(String serializer) {
        serializers.add(serializer);
        return this;
    }

    /** Adds a device. */
    public WorkloadBuilder device(String device, Consumer<DeviceBuilder> settings) {
        DeviceBuilder builder = new DeviceBuilder(device);
        settings.accept(builder);
        devices.add(builder.build());
        return this;
    }

    /** Adds a device in the source form. */
    public WorkloadBuilder add(DeviceSpec device) {
        devices.add(device);
        return this;
    }

    /** Lets something arrive from outside, whatever the threads do. */
    public WorkloadBuilder arrivals(String what, ArrivalProcess process, ArrivalTarget each) {
        return add(ArrivalSpec.of(what, process, each));
    }

    /** Adds arrivals in the source form. */
    public WorkloadBuilder add(ArrivalSpec spec) {
        arrivals.add(spec);
        return this;
    }

    /** Lets the next CPU, counted from 0, start at a time in ns. */
    public WorkloadBuilder cpuStartNs(long startNs) {
        cpuStartsNs.add(startNs);
        return this;
    }

    /** Lets the next CPU, counted from 0, start at a time after the start of the run; those not named start at once. */
    public WorkloadBuilder cpuStart(String span) {
        return cpuStartNs(Times.parseNs(span));
    }

    /** Says how many CPUs the machine has unless the user chooses another. */
    public WorkloadBuilder cpus(int number) {
        cpus = number;
        return this;
    }

    /** Adds one thread; its path is its name. */
    public WorkloadBuilder thread(String thread, Consumer<ThreadBuilder> settings) {
        return add(thread, List.of(thread), settings);
    }

    /** Adds several threads that do the same, with paths {@code name/0}, {@code name/1} and so on. */
    public WorkloadBuilder threads(String thread, int count, Consumer<ThreadBuilder> settings) {
        return add(
                thread,
                IntStream.range(0, count).mapToObj(i -> thread + "/" + i).toList(),
                settings);
    }

    /** Adds a thread that exists only when another forks it. */
    public WorkloadBuilder onDemand(String thread, Consumer<ThreadBuilder> settings) {
        return add(thread, List.of(), settings);
    }

    private WorkloadBuilder add(String thread, List<String> paths, Consumer<ThreadBuilder> settings) {
        ThreadBuilder builder = new ThreadBuilder(thread, paths);
        settings.accept(builder);
        return add(builder.build());
    }

    /** Adds threads in the source form. */
    public WorkloadBuilder add(ThreadKind thread) {
        threads.add(thread);
        return this;
    }

    /** Sets how forked threads are named. */
    public WorkloadBuilder forkPaths(ForkPaths paths) {
        forkPaths = paths;
        return this;
    }

    /** Sets what is to be measured and what is expected. */
    public WorkloadBuilder goals(Goals newGoals) {
        goals = newGoals;
        return this;
    }

    /** Adds a note for the report. */
    public WorkloadBuilder note(Diagnostic note) {
        notes.add(note);
        return this;
    }

    /** Adds a note for the report. */
    public WorkloadBuilder note(@Nullable Place place, String note) {
        return note(Diagnostic.at(place, note));
    }

    /** The source form, unchecked. */
    public WorkloadSource source() {
        ObjectTables objects = new ObjectTables(
                mutexes, conditions, semaphores, barriers, timers, kernelMutexes, spinLocks, serializers);
        return new WorkloadSource(
                name,
                about,
                durationNs,
                seed,
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
    public Workload build() {
        return source().compile();
    }
}
