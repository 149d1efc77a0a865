package dev.swtch.engine.run;

import dev.swtch.engine.discovery.CapabilityCheck;
import dev.swtch.engine.exec.Lookahead;
import dev.swtch.engine.exec.WorkloadMachine;
import dev.swtch.engine.result.Fault;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Violation;
import dev.swtch.machine.trace.TraceRing;
import dev.swtch.spi.Foresight;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.plugin.PluginDescriptor;
import dev.swtch.spi.plugin.Tunables;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of a workload under a scheduler, from boot to result. A pure function of its request. */
public final class Simulation {
    private static final int LAST_EVENTS = 256;
    private static final int SHOWN_EVENTS = 20;

    private final RunRequest request;
    private final Machine machine;
    private final Scheduler scheduler;
    private final WorkloadMachine work;
    private final RunChecks checks;
    private final TraceRing lastEvents = new TraceRing(LAST_EVENTS);
    private Totals before = Totals.zero();

    private Simulation(RunRequest request, RunWatch watch) {
        this.request = request;
        Workload workload = request.workload();
        machine = new Machine(request.topology(), request.costs(), WorkloadMachine.slots(workload));
        watch.began(machine);
        Tunables tunables = Tunables.of(request.plugin().descriptor().tunables(), request.tunables());
        PluginDescriptor plugin = request.plugin().descriptor();
        Foresight foresight =
                CapabilityCheck.isClairvoyant(plugin) ? new Lookahead(workload, machine) : Foresight.REFUSED;
        scheduler = Objects.requireNonNull(
                request.plugin().create(new SchedulerContext(machine, tunables, request.seed(), foresight)),
                "the plugin's create returned no scheduler");
        work = new WorkloadMachine(workload, machine, scheduler, request.durationNs(), request.idleThresholdNs());
        checks = new RunChecks(scheduler, work, request.checks());
        machine.observe(checks);
        if (request.checks()) {
            machine.traceTo(lastEvents);
        }
    }

    /**
     * Runs a request to its end.
     *
     * <p>A rule the scheduler breaks, and any exception its code throws, ends the run as a panic in the result.
     *
     * @throws IllegalArgumentException if a tunable is unknown or out of range
     */
    public static RunResult run(RunRequest request) {
        return run(request, () -> {});
    }

    /**
     * Runs a request to its end while somebody looks on.
     *
     * @param request what to run
     * @param watch who looks on
     * @throws IllegalArgumentException if a tunable is unknown or out of range
     */
    public static RunResult run(RunRequest request, RunWatch watch) {
        Simulation simulation = new Simulation(request, watch);
        Fault fault = simulation.runToEnd();
        watch.ended();
        return simulation.result(fault);
    }

    /**
     * Boots a run that is advanced in pieces, for benchmarks.
     *
     * @throws Violation if a rule is broken
     */
    public static Simulation boot(RunRequest request) {
        Simulation simulation = new Simulation(request, () -> {});
        simulation.work.boot();
        return simulation;
    }

    /** Runs on to an instant in ns, at most the request's duration. */
    public void advanceTo(long untilNs) {
        machine.run(Math.min(untilNs, request.durationNs()));
    }

    /** Switches so far. */
    public long switches() {
        return work.meter().switches();
    }

    /** Events handled so far. */
    public long events() {
        return machine.events();
    }

    private @Nullable Fault runToEnd() {
        try {
            work.boot();
            warmUp();
            if (!work.isOver()) {
                machine.run(request.durationNs());
            }
            if (request.checks()) {
                checks.census(machine.cpu(0));
            }
            return null;
        } catch (Violation broken) {
            return Faults.of(broken, machine, lastEvents());
        } catch (RuntimeException | StackOverflowError | LinkageError thrown) {
            return Faults.of(thrown, request.plugin(), machine, lastEvents());
        }
    }

    private List<String> lastEvents() {
        return new EventLines(machine, work.tasks()).last(lastEvents, SHOWN_EVENTS);
    }

    /** What happens before the workload is warm is not measured. */
    private void warmUp() {
        long warmupNs = Math.min(request.workload().goals().warmupNs(), request.durationNs());
        if (warmupNs > 0) {
            machine.run(warmupNs);
            work.startMeasuring();
            before = Totals.of(machine, work);
        }
    }

    private RunResult result(@Nullable Fault fault) {
        Outcome outcome = Outcome.DONE;
        if (fault != null) {
            outcome = Outcome.PANIC;
        } else if (work.isStalled()) {
            outcome = Outcome.STALLED;
        }
        return new Results(request, machine, scheduler, work, before).collect(outcome, fault);
    }
}
