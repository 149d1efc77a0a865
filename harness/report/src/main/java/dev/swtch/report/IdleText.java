package dev.swtch.report;

import dev.swtch.engine.result.Idling;
import dev.swtch.engine.workload.Times;
import dev.swtch.report.text.Scale;
import java.util.List;

/** Shows how far a scheduler was from work conserving: rows of the table, and a line about who waited. */
final class IdleText {
    private static final int NAMED = 4;

    private IdleText() {}

    /** The rows; none has a number to show if no scheduler idled while threads waited. */
    static Metrics.Section rows(List<ColumnRuns> columns) {
        long threshold = columns.get(0).first().idling().thresholdNs();
        return new Metrics.Section(
                "a CPU idled while a thread waited, " + Times.format(threshold) + " or longer",
                List.of(
                        Metric.count("times", run -> run.idling().count()).ifAny(),
                        Metric.time("in all", run -> run.idling().totalNs()).ifAny(),
                        Metric.time("longest", run -> run.idling().longestNs()).ifAny()));
    }

    /** Who waited under a scheduler; empty if nobody did. */
    static String waiters(ColumnRuns column) {
        List<Idling.Waiter> threads = column.first().idling().threads();
        if (threads.isEmpty()) {
            return "";
        }
        List<String> named = threads.stream()
                .limit(NAMED)
                .map(thread -> thread.path() + " for "
                        + Scale.forTimes(List.of(thread.ns())).withUnit(thread.ns()))
                .toList();
        return "Waited while a CPU idled under " + column.name() + ": " + String.join(", ", named)
                + (threads.size() > NAMED ? ", and others." : ".");
    }
}
