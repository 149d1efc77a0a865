package dev.swtch.engine.workload;

import dev.swtch.machine.Vector;
import dev.swtch.spi.thread.ThreadClass;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds every error in a workload's source; the steps of each thread are left to {@link StepChecker}. */
final class SourceChecker {
    /** Longest span: a run may last 2^42 ns. */
    static final long LONGEST_NS = (1L << 42) - 1;

    /** Two lines are kept: for threads that start late, and for interrupts that threads send. */
    private static final int MOST_LINES = Vector.END - Vector.FIRST_DEVICE - 2;

    /** Most requests that one device serves at a time; each has an event source of its own. */
    static final int MOST_SERVERS = 1_000;

    private static final int LARGEST_CPU = 65_535;

    private final WorkloadSource source;
    private final Scope scope;
    private final List<Diagnostic> errors;
    private final Set<String> forkTargets = new HashSet<>();

    SourceChecker(WorkloadSource source, Scope scope, List<Diagnostic> errors) {
        this.source = source;
        this.scope = scope;
        this.errors = errors;
    }

    void check() {
        if (source.threads().isEmpty()) {
            error(null, "the workload has no threads");
        }
        if (source.durationNs() != Workload.UNTIL_ALL_EXIT) {
            span(null, "the duration", source.durationNs(), 1);
        }
        if (source.cpus() < 0 || source.cpus() > LARGEST_CPU) {
            error(null, "a machine cannot have " + source.cpus() + " CPUs");
        }
        for (long startNs : source.cpuStartsNs()) {
            span(null, "the start of a CPU", startNs, 0);
        }
        if (!source.cpuStartsNs().isEmpty() && source.cpuStartsNs().get(0) != 0) {
            error(null, "CPU 0 starts the others: its own start must be 0");
        }
        source.objects().mutexes().forEach(this::checkMutex);
        for (ObjectTables.Barrier barrier : source.objects().barriers()) {
            if (barrier.parties() < 1) {
                error(null, "barrier \"" + barrier.name() + "\" needs at least 1 party, not " + barrier.parties());
            }
        }
        for (ObjectTables.Semaphore semaphore : source.objects().semaphores()) {
            if (semaphore.initial() < 0) {
                error(null, "semaphore \"" + semaphore.name() + "\" cannot begin with " + semaphore.initial());
            }
        }
        int lines = source.devices().size() + source.arrivals().size();
        if (lines > MOST_LINES) {
            String what = MOST_LINES + " devices and kinds of arrivals";
            error(null, "a machine has interrupt lines for " + what + ", but there are " + lines);
        }
        source.devices().forEach(this::checkDevice);
        new ArrivalChecker(this, scope, source).check();
        source.threads().forEach(this::checkThread);
    }

    private void checkMutex(ObjectTables.Mutex mutex) {
        String who = "mutex \"" + mutex.name() + "\"";
        span(null, who + ": the time it is spun for", mutex.spinNs(), 0);
        if (mutex.ceiling() < 0) {
            error(null, who + ": the ceiling must not be negative, but is " + mutex.ceiling());
        }
        if (mutex.protocol() == ObjectTables.Protocol.INHERIT && mutex.wake() != ObjectTables.WakeOrder.BARGING) {
            error(null, who + ": the kernel says who gets a mutex with inheritance, so it has no order of its own");
        }
    }

    /** The kinds of threads that some step forks. */
    Set<String> forkTargets() {
        return forkTargets;
    }

    private void checkThread(ThreadKind thread) {
        String who = "thread \"" + thread.name() + "\"";
        if (thread.nice() < -20 || thread.nice() > 20) {
            error(thread.place(), who + ": nice must be between -20 and 20, not " + thread.nice());
        }
        if (thread.rank() < 0) {
            error(thread.place(), who + ": the realtime rank must not be negative, but is " + thread.rank());
        }
        threadClass(thread.place(), who + ": ", thread.threadClass());
        span(thread.place(), who + ": the start", thread.startNs(), 0);
        thread.affinity().forEach(number -> affinity(thread.place(), who, number));
        new StepChecker(this, scope, thread).check();
    }

    private void checkDevice(DeviceSpec device) {
        String who = "device \"" + device.name() + "\"";
        cpu(device.place(), who, device.cpu());
        dist(device.place(), who + ": the handler", device.handler(), 0);
        arrivals(device.place(), who, device.arrivals());
        if (device.servers() < 1 || device.servers() > MOST_SERVERS) {
            error(device.place(), who + ": it has 1 to " + MOST_SERVERS + " servers, not " + device.servers());
        }
        String posts = device.posts();
        if (posts != null) {
            String complaint = scope.semaphores.complaint(posts);
            if (complaint != null) {
                error(device.place(), who + ": " + complaint);
            }
        }
    }

    private void arrivals(@Nullable Place place, String who, Arrivals arrivals) {
        if (arrivals instanceof Arrivals.Periodic periodic) {
            span(place, who + ": the phase", periodic.phaseNs(), 0);
            span(place, who + ": the period", periodic.periodNs(), 1);
        } else if (arrivals instanceof Arrivals.Poisson poisson) {
            span(place, who + ": the phase", poisson.phaseNs(), 0);
            span(place, who + ": the mean gap", poisson.meanGapNs(), 1);
        } else if (arrivals instanceof Arrivals.Fixed fixed) {
            long previousNs = -1;
            for (long timeNs : fixed.timesNs()) {
                if (timeNs <= previousNs) {
                    error(
                            place,
                            who + ": the times of arrival must rise, but " + timeNs + " ns follows " + previousNs
                                    + " ns");
                }
                span(place, who + ": a time of arrival", timeNs, 0);
                previousNs = timeNs;
            }
        } else if (arrivals instanceof Arrivals.Until until) {
            span(place, who + ": the end of its arrivals", until.endNs(), 0);
            arrivals(place, who, until.arrivals());
        }
    }

    boolean isInheriting(String mutex) {
        return source.objects().mutexes().stream()
                .anyMatch(each -> each.name().equals(mutex) && each.protocol() == ObjectTables.Protocol.INHERIT);
    }

    void forked(String kind) {
        forkTargets.add(kind);
    }

    void threadClass(@Nullable Place place, String who, ThreadClass threadClass) {
        if (threadClass == ThreadClass.CPU_IDLE) {
            error(place, who + "the idle threads of the CPUs belong to the scheduler");
        }
    }

    /** A CPU, or a node instead of its CPUs. */
    void affinity(@Nullable Place place, String who, int number) {
        cpu(place, who, NodeRef.isNode(number) ? NodeRef.node(number) : number);
    }

    void cpu(@Nullable Place place, String who, int cpu) {
        if (cpu < 0 || cpu > LARGEST_CPU) {
            error(place, who + ": " + cpu + " is not the number of a CPU");
        }
    }

    void span(@Nullable Place place, String what, long spanNs, long leastNs) {
        if (spanNs < leastNs || spanNs > LONGEST_NS) {
            error(
                    place,
                    what + " must be between " + leastNs + " ns and " + LONGEST_NS + " ns, but is " + spanNs + " ns");
        }
    }

    void dist(@Nullable Place place, String what, Dist dist, long least) {
        if (dist instanceof Dist.Constant constant) {
            span(place, what, constant.value(), least);
        } else if (dist instanceof Dist.Uniform uniform) {
            span(place, what, uniform.low(), least);
            span(place, what, uniform.high(), least);
            if (uniform.low() > uniform.high()) {
                error(place, what + ": the lower end " + uniform.low() + " is above the upper end " + uniform.high());
            }
        } else if (dist instanceof Dist.Exponential exponential) {
            span(place, what, exponential.mean(), 1);
        } else if (dist instanceof Dist.Choice choice) {
            weighted(place, what, choice.options(), least);
        } else if (dist instanceof Dist.Hyper hyper) {
            weighted(place, what, hyper.means(), 1);
        } else if (dist instanceof Dist.Sequence sequence) {
            sequence.values().forEach(value -> span(place, what, value, least));
            if (sequence.values().isEmpty()) {
                error(place, what + ": a sequence needs at least one value");
            }
        } else if (dist instanceof Dist.Shaped shaped) {
            shaped(place, what, shaped, least);
        }
    }

    private void weighted(@Nullable Place place, String what, List<Dist.Weighted> options, long least) {
        for (Dist.Weighted option : options) {
            span(place, what, option.value(), least);
            if (option.weight() < 1) {
                error(place, what + ": a weight must be at least 1, not " + option.weight());
            }
        }
        if (options.isEmpty()) {
            error(place, what + ": a choice needs at least one option");
        }
    }

    private void shaped(@Nullable Place place, String what, Dist.Shaped dist, long least) {
        span(place, what, dist.least(), least);
        span(place, what, dist.most(), dist.least());
        boolean stages = dist.shape() == Shape.ERLANG;
        span(place, what + ": the first parameter", dist.first(), dist.shape() == Shape.NORMAL ? 0 : 1);
        span(place, what + ": the second parameter", dist.second(), dist.shape() == Shape.PARETO ? 1 : 0);
        if (stages && dist.first() > Shape.MOST_STAGES) {
            error(place, what + ": there are at most " + Shape.MOST_STAGES + " stages, not " + dist.first());
        }
    }

    void error(@Nullable Place place, String message) {
        errors.add(Diagnostic.at(place, message));
    }
}
