package dev.swtch.report.fluid;

import dev.swtch.engine.workload.Op;
import dev.swtch.engine.workload.Program;
import dev.swtch.engine.workload.Workload;
import dev.swtch.report.fluid.FluidResult.LabelMean;
import dev.swtch.report.fluid.FluidResult.ThreadEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shares CPUs as a fluid: all threads that have work progress at once, each at its part of the speed, without any cost.
 *
 * <p>Time goes from one instant at which a burst, a sleep or the run ends to the next; between two, every rate is constant.
 */
public final class FluidShare {
    /** Threads times instants after which a workload is too large to be computed beside the runs. */
    private static final long MOST_WORK = 200_000_000;

    private static final double SLACK_NS = 1e-3;

    private final FluidRule rule;
    private final int cpus;
    private final double durationNs;
    private final List<FluidThread> threads = new ArrayList<>();
    private final FluidSteps steps;
    private double nowNs;
    private double workNs;

    private FluidShare(Workload workload, FluidRule rule, int cpus, long durationNs) {
        this.rule = rule;
        this.cpus = cpus;
        this.durationNs = durationNs;
        steps = new FluidSteps(workload, threads);
        for (int i = 0; i < workload.initialThreads(); i++) {
            var entry = workload.threads().get(i);
            threads.add(new FluidThread(workload, entry, entry.path(), entry.key(), null, entry.startNs()));
        }
    }

    /** Why a workload cannot be shared as a fluid; empty if it can. */
    public static Optional<String> whyNot(Workload workload) {
        if (!workload.arrivals().isEmpty()) {
            return Optional.of("threads arrive from outside");
        }
        for (Program program : workload.programs()) {
            int[] code = program.code();
            for (int pc = 0; pc < code.length; pc += 1 + Op.operands(code[pc])) {
                if (!FluidSteps.knows(code[pc], code[pc + Math.min(1, Op.operands(code[pc]))])) {
                    return Optional.of("thread " + program.name() + " does more than compute, sleep and fork: "
                            + Op.name(code[pc]));
                }
            }
        }
        boolean pinned = workload.affinitySets() > 0;
        return pinned ? Optional.of("some threads may not use every CPU") : Optional.empty();
    }

    /**
     * Computes how a workload fares.
     *
     * @param workload one that {@link #whyNot} has nothing against
     * @param rule how the CPUs are shared
     * @param cpus their number
     * @param durationNs after which the run ends, ns
     * @return what came of it; empty if it takes too long to compute
     */
    public static Optional<FluidResult> of(Workload workload, FluidRule rule, int cpus, long durationNs) {
        FluidShare share = new FluidShare(workload, rule, cpus, durationNs);
        return share.run() ? Optional.of(share.result()) : Optional.empty();
    }

    private boolean run() {
        long work = 0;
        while (nowNs < durationNs && threads.stream().anyMatch(thread -> !thread.isGone())) {
            work += threads.size();
            if (work > MOST_WORK) {
                return false;
            }
            FluidRates.set(threads, rule, cpus);
            goTo(Math.min(durationNs, nextInstant()));
        }
        return true;
    }

    private double nextInstant() {
        double next = Double.POSITIVE_INFINITY;
        for (FluidThread thread : threads) {
            if (!thread.works()) {
                next = Math.min(next, thread.wakesAtNs);
            } else if (thread.rate > 0) {
                next = Math.min(next, nowNs + thread.leftNs / thread.rate);
            }
        }
        return next;
    }

    private void goTo(double instantNs) {
        double passed = instantNs - nowNs;
        nowNs = instantNs;
        int known = threads.size();
        for (int i = 0; i < known; i++) {
            FluidThread thread = threads.get(i);
            if (thread.works()) {
                double done = Math.min(thread.leftNs, thread.rate * passed);
                workNs += done;
                thread.leftNs -= done;
            }
        }
        for (int i = 0; i < threads.size(); i++) {
            FluidThread thread = threads.get(i);
            boolean due = thread.works() ? thread.leftNs <= SLACK_NS : thread.wakesAtNs <= nowNs;
            if (due && nowNs < durationNs) {
                steps.goOn(thread, nowNs);
            }
        }
    }

    private FluidResult result() {
        List<ThreadEnd> ends = new ArrayList<>();
        double last = 0;
        for (FluidThread thread : threads) {
            if (thread.isGone()) {
                ends.add(new ThreadEnd(thread.path, Math.round(thread.endNs)));
                last = Math.max(last, thread.endNs);
            }
        }
        boolean over = ends.size() == threads.size();
        List<LabelMean> labels = steps.labels();
        return new FluidResult(rule, Math.round(workNs), Math.round(over ? last : durationNs), labels, ends);
    }
}
