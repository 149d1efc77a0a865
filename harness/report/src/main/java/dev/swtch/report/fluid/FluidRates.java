package dev.swtch.report.fluid;

import java.util.Comparator;
import java.util.List;

/** Fills CPUs with threads: by level, within a level by weight, and no thread beyond one CPU. */
final class FluidRates {
    private FluidRates() {}

    static void set(List<FluidThread> threads, FluidRule rule, int cpus) {
        List<FluidThread> working = threads.stream().filter(FluidThread::works).toList();
        if (rule == FluidRule.PROCESSOR_SHARING) {
            double each = Math.min(1, (double) cpus / Math.max(1, working.size()));
            working.forEach(thread -> thread.rate = each);
            return;
        }
        double left = cpus;
        for (int level :
                working.stream().map(FluidThread::level).distinct().sorted().toList()) {
            left -= fill(
                    working.stream()
                            .filter(thread -> thread.level() == level)
                            .sorted(Comparator.comparingDouble(FluidThread::weight)
                                    .reversed())
                            .toList(),
                    left);
        }
    }

    /** The heaviest first: who would get more than a CPU gets one, and the others share what is left. */
    private static double fill(List<FluidThread> heaviestFirst, double cpus) {
        double left = cpus;
        double weights = heaviestFirst.stream().mapToDouble(FluidThread::weight).sum();
        for (FluidThread thread : heaviestFirst) {
            thread.rate = Math.min(1, left * thread.weight() / weights);
            left = Math.max(0, left - thread.rate);
            weights -= thread.weight();
        }
        return cpus - left;
    }
}
