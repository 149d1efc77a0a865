package dev.swtch.cli;

import dev.swtch.engine.trace.TraceImport;
import dev.swtch.engine.trace.stat.TaskStatistics;
import dev.swtch.engine.trace.text.PassedOver;
import dev.swtch.report.text.Cell;
import dev.swtch.report.text.Fixed;
import dev.swtch.report.text.Grid;
import dev.swtch.report.text.Ink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What was found in a trace, as text. */
final class TraceText {
    /** Names of events that are listed one by one. */
    private static final int MOST_NAMES = 8;

    private static final List<Cell> TITLES = List.of(
            Cell.of("runs"),
            Cell.of("run ms"),
            Cell.of("min"),
            Cell.of("mean"),
            Cell.of("max"),
            Cell.of("spread %"),
            Cell.of("moves"),
            Cell.of("delays"),
            Cell.of("delay ms"),
            Cell.of("most"));

    private TraceText() {}

    static String of(String file, TraceImport trace) {
        StringBuilder text = new StringBuilder();
        text.append(file + ": " + trace.recorder() + ", " + count(trace.cpus(), "CPU") + ", "
                + count(trace.tasks(), "task") + ", " + count(trace.switches(), "switch") + ", "
                + count(trace.wakes(), "wake-up") + ", " + seconds(trace.spanNs()) + " s\n");
        text.append("workload: " + count(trace.threads(), "thread"));
        int left = trace.tasks() - trace.threads();
        text.append(left > 0 ? "; " + count(left, "task") + " left out: not asked for, or never seen running\n" : "\n");
        skipped(text, trace.passedOver());
        return text.append(tasks(trace.statistics())).toString();
    }

    private static void skipped(StringBuilder text, PassedOver other) {
        long events =
                other.otherEvents().values().stream().mapToLong(Long::longValue).sum();
        if (events > 0) {
            text.append("skipped: " + count(events, "event") + (events == 1 ? " that says" : " that say")
                    + " nothing about who runs ("
                    + names(other.otherEvents()) + ")\n");
        }
        if (other.otherLines() > 0) {
            text.append("skipped: " + count(other.otherLines(), "line")
                    + (other.otherLines() == 1 ? " that is no event" : " that are no events") + ", the first in line "
                    + other.firstOtherLine() + "\n");
        }
    }

    private static String names(Map<String, Long> events) {
        List<Map.Entry<String, Long>> byCount = new ArrayList<>(events.entrySet());
        byCount.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        List<String> shown = new ArrayList<>();
        byCount.stream()
                .limit(MOST_NAMES)
                .forEach(event -> shown.add(event.getKey() + " " + Fixed.whole(event.getValue())));
        if (byCount.size() > MOST_NAMES) {
            shown.add("and " + (byCount.size() - MOST_NAMES) + " more kinds");
        }
        return String.join(", ", shown);
    }

    private static String tasks(List<TaskStatistics> tasks) {
        Grid grid = new Grid(false);
        grid.section("tasks", TITLES);
        for (TaskStatistics task : tasks) {
            grid.row("  " + name(task), "", cells(task));
        }
        if (tasks.stream().anyMatch(task -> task.tid() < 0)) {
            grid.line("  :-1 is for tasks that had exited when perf looked up who left the CPU", Ink.PLAIN);
        }
        return grid.text();
    }

    /** The name as perf writes it. */
    private static String name(TaskStatistics task) {
        boolean ofOther = task.pid() >= 0 && task.pid() != task.tid();
        String comm = task.comm().isEmpty() ? "<...>" : task.comm();
        return comm + "[" + task.tid() + (ofOther ? "/" + task.pid() : "") + "]";
    }

    private static List<Cell> cells(TaskStatistics task) {
        return List.of(
                Cell.of(Fixed.whole(task.runs())),
                Cell.of(milliseconds(task.runNs())),
                Cell.of(milliseconds(task.leastNs())),
                Cell.of(milliseconds(task.meanNs())),
                Cell.of(milliseconds(task.mostNs())),
                Cell.of(Fixed.of(task.spreadBasisPoints(), 100, 2)),
                Cell.of(Fixed.whole(task.migrations())),
                Cell.of(Fixed.whole(task.delays())),
                Cell.of(Fixed.of(task.delayNs(), Math.max(1, task.delays()) * 1_000_000L, 3)),
                Cell.of(Fixed.of(task.mostDelayNs(), 1_000_000L, 3)));
    }

    /** Cut off behind microseconds, as perf sched timehist does. */
    private static String milliseconds(long ns) {
        return Fixed.of(ns / 1_000, 1_000, 3);
    }

    private static String seconds(long ns) {
        String nanos = Long.toString(ns % 1_000_000_000L);
        return Fixed.whole(ns / 1_000_000_000L) + "." + "0".repeat(9 - nanos.length()) + nanos;
    }

    private static String count(long number, String noun) {
        String plural = noun.endsWith("ch") ? noun + "es" : noun + "s";
        return Fixed.whole(number) + " " + (number == 1 ? noun : plural);
    }
}
