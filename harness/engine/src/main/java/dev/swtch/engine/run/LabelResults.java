package dev.swtch.engine.run;

import dev.swtch.engine.exec.LabelLog;
import dev.swtch.engine.exec.WorkloadMachine;
import dev.swtch.engine.result.Crowd;
import dev.swtch.engine.result.LabelResult;
import dev.swtch.engine.result.Percentile;
import dev.swtch.engine.result.Population;
import dev.swtch.engine.result.Tail;
import dev.swtch.engine.workload.Goals;
import dev.swtch.engine.workload.Quantity;
import dev.swtch.engine.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** Collects what was measured between begin and end of labels, and of the parts of them that the workload asks for. */
final class LabelResults {
    private final Workload workload;
    private final Goals goals;
    private final WorkloadMachine work;
    private final long endNs;

    LabelResults(Workload workload, WorkloadMachine work, long endNs) {
        this.workload = workload;
        this.goals = workload.goals();
        this.work = work;
        this.endNs = endNs;
    }

    /** The labels in the workload's order, then the parts in that in which they are written. */
    List<LabelResult> collect() {
        List<LabelResult> results = new ArrayList<>();
        for (int i = 0; i < workload.probes().size(); i++) {
            long overdue = work.labels().overdue(i, work.tasks(), endNs);
            results.add(result(workload.probes().get(i), work.labels().log(i), overdue));
        }
        for (int i = 0; i < goals.parts().size(); i++) {
            // What has not ended belongs to no part yet: how much work it is going to be is not known.
            results.add(result(goals.parts().get(i).label(), work.labels().partLog(i), 0));
        }
        return results;
    }

    private LabelResult result(String name, LabelLog log, long overdue) {
        Population population = log.population(endNs);
        if (!population.isBalanced()) {
            throw new IllegalStateException(
                    "label " + name + ": what was under way is not what the times sum up to: " + population);
        }
        return new LabelResult(
                name,
                log.quantiles(),
                log.minNs(),
                percentiles(name, log),
                above(name, log),
                crowds(name, log),
                population,
                log.deadlineNs(),
                log.misses(),
                overdue);
    }

    private List<Percentile> percentiles(String name, LabelLog log) {
        return goals.wanted(name, Quantity.PERCENTILE).stream()
                .map(Long::intValue)
                .map(thousandths -> new Percentile(thousandths, log.percentileNs(thousandths)))
                .toList();
    }

    /** The thresholds are those the log was made with, in their order. */
    private List<Tail> above(String name, LabelLog log) {
        List<Tail> above = new ArrayList<>();
        for (long ns : goals.wanted(name, Quantity.ABOVE)) {
            above.add(new Tail(ns, log.above(above.size())));
        }
        return above;
    }

    private List<Crowd> crowds(String name, LabelLog log) {
        return goals.wanted(name, Quantity.IN_SYSTEM_JUST).stream()
                .map(Long::intValue)
                .map(number -> new Crowd(number, log.justNs(number, endNs)))
                .toList();
    }
}
