package dev.swtch.engine.result;

import dev.swtch.spi.plugin.PluginDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything one run measured.
 *
 * @param column name of the column it fills
 * @param plugin the scheduler
 * @param outcome how it ended
 * @param fault the broken rule; null unless the outcome is {@link Outcome#PANIC}
 * @param excludedBecause what the scheduler lacks; empty unless the outcome is {@link Outcome#EXCLUDED}
 * @param elapsedNs simulated time the run took
 * @param warmupNs the part of it, at the begin, that belongs to no measurement
 * @param cpus where the CPUs' time went
 * @param switches switches and what belongs to them
 * @param latencies how long threads waited
 * @param idling how long CPUs idled while threads waited that were allowed on them
 * @param costs what each entry of the cost model came to; entries never paid left out
 * @param decisions calls of a scheduler contract
 * @param threads each thread of the workload, in the workload's order, forked ones behind
 * @param labels latencies the workload asked for
 * @param arrivals what arrived from outside
 * @param fairness groups of threads the workload asked for
 * @param counters the scheduler's own counters
 * @param events events the machine handled
 * @param notes remarks for the reader
 */
public record RunResult(
        String column,
        PluginDescriptor plugin,
        Outcome outcome,
        @Nullable Fault fault,
        String excludedBecause,
        long elapsedNs,
        long warmupNs,
        CpuTimes cpus,
        Switches switches,
        Latencies latencies,
        Idling idling,
        List<CostShare> costs,
        long decisions,
        List<ThreadResult> threads,
        List<LabelResult> labels,
        List<ArrivalResult> arrivals,
        List<FairnessResult> fairness,
        List<CounterValue> counters,
        long events,
        List<String> notes) {
    /** Keeps the lists unmodifiable. */
    public RunResult {
        costs = List.copyOf(costs);
        threads = List.copyOf(threads);
        labels = List.copyOf(labels);
        arrivals = List.copyOf(arrivals);
        fairness = List.copyOf(fairness);
        counters = List.copyOf(counters);
        notes = List.copyOf(notes);
    }

    /** The time in which everything was measured that this result counts, ns. */
    public long measuredNs() {
        return elapsedNs - warmupNs;
    }

    /** Work done by the workload's threads together, in ns at full speed; what handlers of devices did is apart. */
    public long workNs() {
        return threads.stream()
                .mapToLong(thread -> thread.userNs() + thread.kernelNs())
                .sum();
    }

    /** The part of {@link #workNs} that was done in kernel mode, in ns at full speed. */
    public long workInKernelNs() {
        return threads.stream().mapToLong(ThreadResult::kernelNs).sum();
    }

    /** Kernel time by the cost model, in ns: everything that was charged. */
    public long kernelNs() {
        return costs.stream().mapToLong(CostShare::ns).sum();
    }
}
