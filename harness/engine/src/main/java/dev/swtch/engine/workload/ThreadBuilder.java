package dev.swtch.engine.workload;

import dev.swtch.spi.thread.ThreadClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What a thread is and does, for {@link WorkloadBuilder}. */
public final class ThreadBuilder {
    private final String name;
    private final List<String> paths;
    private final List<Step> body = new ArrayList<>();
    private String process;
    private ThreadClass threadClass = ThreadClass.TIMESHARE;
    private int rank;
    private int nice;
    private List<Integer> affinity = List.of();
    private boolean pinnedAtRandom;
    private long startNs;

    ThreadBuilder(String name, List<String> paths) {
        this.name = name;
        this.paths = paths;
        this.process = name;
    }

    /** Sets the nice value, -20 to 20. */
    public ThreadBuilder nice(int value) {
        nice = value;
        return this;
    }

    /** Puts the thread into the realtime class; a higher rank is more urgent, only the order counts. */
    public ThreadBuilder realtime(int newRank) {
        threadClass = ThreadClass.REALTIME;
        rank = newRank;
        return this;
    }

    /** Puts the thread into the idle class. */
    public ThreadBuilder idleClass() {
        threadClass = ThreadClass.IDLE;
        return this;
    }

    /** Makes it a kernel thread: all its work is in kernel mode. */
    public ThreadBuilder kernelThread() {
        threadClass = ThreadClass.KERNEL;
        return this;
    }

    /** Restricts the thread to some CPUs. */
    public ThreadBuilder affinity(int... cpus) {
        affinity = Arrays.stream(cpus).boxed().toList();
        return this;
    }

    /** Restricts each thread to one of some CPUs, drawn when it is made. */
    public ThreadBuilder pinnedToOneOf(int... cpus) {
        pinnedAtRandom = true;
        return affinity(cpus);
    }

    /** Puts the thread into a process shared with others; without it each kind of thread has its own. */
    public ThreadBuilder process(String shared) {
        process = shared;
        return this;
    }

    /** Lets the thread begin later than the run. */
    public ThreadBuilder start(String span) {
        startNs = Times.parseNs(span);
        return this;
    }

    /** Adds steps. */
    public ThreadBuilder does(Consumer<StepBuilder> steps) {
        body.addAll(StepBuilder.collect(steps));
        return this;
    }

    /** Adds a loop. */
    public ThreadBuilder loop(long count, Consumer<StepBuilder> steps) {
        return does(b -> b.loop(count, steps));
    }

    /** Adds an endless loop. */
    public ThreadBuilder forever(Consumer<StepBuilder> steps) {
        return does(b -> b.forever(steps));
    }

    ThreadKind build() {
        return new ThreadKind(
                name,
                paths,
                process,
                threadClass,
                rank,
                nice,
                affinity,
                pinnedAtRandom,
                startNs,
                ThreadEntry.OWN_START,
                body,
                null);
    }
}
