package dev.swtch.report;

import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.topology.Topology;
import dev.swtch.report.fluid.FluidResult;
import dev.swtch.report.fluid.FluidRule;
import dev.swtch.report.fluid.FluidShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the schedulers of a comparison are held against: textbook policies and bounds that were run, and fluid sharing that
 * was computed from the workload. All of it is of the first seed.
 *
 * @param runs runs of textbook policies and bounds
 * @param fluid what came of sharing the CPUs as a fluid; empty if that cannot be computed
 * @param whyNoFluid why not, or empty
 */
public record Bounds(List<RunResult> runs, List<FluidResult> fluid, String whyNoFluid) {
    /** Nobody asked. */
    public static final Bounds NONE = new Bounds(List.of(), List.of(), "");

    /** Copies the lists. */
    public Bounds {
        runs = List.copyOf(runs);
        fluid = List.copyOf(fluid);
    }

    /**
     * Adds to some runs what is computed.
     *
     * @param runs runs of textbook policies and bounds
     * @param workload what they ran
     * @param topology the machine they ran on
     * @param durationNs when they ended, ns
     */
    public static Bounds of(List<RunResult> runs, Workload workload, Topology topology, long durationNs) {
        Optional<String> whyNot = topology.smt() > 1
                ? Optional.of("the CPUs of a core do not run at full speed together")
                : FluidShare.whyNot(workload);
        List<FluidResult> fluid = new ArrayList<>();
        if (whyNot.isEmpty()) {
            for (FluidRule rule : FluidRule.values()) {
                FluidShare.of(workload, rule, topology.cpus(), durationNs).ifPresent(fluid::add);
            }
        }
        String tooLarge = fluid.isEmpty() ? "the workload is too large" : "";
        return new Bounds(runs, fluid, whyNot.orElse(tooLarge));
    }

    /** Whether there is nothing to show. */
    public boolean isEmpty() {
        return runs.isEmpty() && fluid.isEmpty() && whyNoFluid.isEmpty();
    }

    /** The runs whose numbers compare. */
    List<RunResult> comparable() {
        return runs.stream()
                .filter(run -> run.outcome() == Outcome.DONE || run.outcome() == Outcome.STALLED)
                .toList();
    }
}
