package dev.swtch.report;

import dev.swtch.engine.result.CpuTimes;
import dev.swtch.engine.result.Fault;
import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.report.text.Fixed;
import dev.swtch.report.text.Scale;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Picks the two to four things a reader should look at first and says each in a sentence. */
final class WhatToLookAt {
    private static final int SENTENCES = 4;
    private static final long STARVED_NS = 1_000_000_000;

    /** One part in so many of the busy time, spent on anything but work, is worth a sentence. */
    private static final int MUCH = 5;

    private final Comparison comparison;
    private final @Nullable ColumnRuns baseline;
    private final List<String> sentences = new ArrayList<>();

    private WhatToLookAt(Comparison comparison, @Nullable ColumnRuns baseline) {
        this.comparison = comparison;
        this.baseline = baseline;
    }

    /** The sentences, most important first; at least one. */
    static List<String> sentences(Comparison comparison, @Nullable ColumnRuns baseline) {
        WhatToLookAt look = new WhatToLookAt(comparison, baseline);
        for (ColumnRuns column : comparison.shown()) {
            look.panic(column);
        }
        for (ColumnRuns column : comparison.comparable()) {
            look.stall(column);
            if (!look.starvation(column)) {
                look.unended(column);
            }
            look.overhead(column);
        }
        look.differences();
        if (look.sentences.isEmpty()) {
            look.sentences.add(
                    "Nothing stands out: nobody starved, and the CPUs that were busy worked; -v shows each thread.");
        }
        return List.copyOf(look.sentences.subList(0, Math.min(SENTENCES, look.sentences.size())));
    }

    private void panic(ColumnRuns column) {
        for (RunResult run : column.runs()) {
            Fault fault = run.fault();
            if (fault != null) {
                sentences.add(column.name() + " broke the rule \"" + fault.rule() + "\" after " + time(fault.timeNs())
                        + "; the report below shows the state it was in.");
                return;
            }
        }
    }

    private void stall(ColumnRuns column) {
        for (RunResult run : column.runs()) {
            if (run.outcome() == Outcome.STALLED) {
                List<ThreadResult> waiting = run.threads().stream()
                        .filter(thread -> !thread.waitsFor().isEmpty())
                        .toList();
                String who = waiting.isEmpty()
                        ? "nothing could happen any more"
                        : plural(waiting.size(), "thread") + " waited for what nobody would do, first "
                                + waiting.get(0).path() + " (" + waiting.get(0).waitsFor() + ")";
                sentences.add("Under " + column.name() + " the workload stalled at " + time(run.elapsedNs()) + ": "
                        + who + ".");
                return;
            }
        }
    }

    private boolean starvation(ColumnRuns column) {
        for (RunResult run : column.runs()) {
            List<ThreadResult> starved = run.threads().stream()
                    .filter(thread -> ThreadTables.workNs(thread) == 0)
                    .filter(thread -> thread.readyNs() > Math.min(STARVED_NS, run.elapsedNs() / 2))
                    .toList();
            if (!starved.isEmpty()) {
                ThreadResult one = starved.get(0);
                String others = starved.size() == 1 ? "" : " and " + plural(starved.size() - 1, "other thread");
                sentences.add("Under " + column.name() + " " + one.path() + others + " starved: ready for "
                        + time(one.readyNs()) + " and never got to work.");
                return true;
            }
        }
        return false;
    }

    private void unended(ColumnRuns column) {
        for (RunResult run : column.runs()) {
            if (Metrics.isFlattered(run)) {
                sentences.add("Under " + column.name() + " " + time(Metrics.unendedNs(run))
                        + " of ready time belong to waits that had not ended; the p50, p99 and max of its waits"
                        + " leave them out.");
                return;
            }
        }
    }

    /** CPUs that are busy but do not get on with the workload. */
    private void overhead(ColumnRuns column) {
        for (RunResult run : column.runs()) {
            CpuTimes cpus = run.cpus();
            long lostNs = cpus.kernelNs() + cpus.coldNs() + cpus.spinNs();
            long busyNs = lostNs + cpus.userNs() + cpus.kernelWorkNs();
            if (lostNs > busyNs / MUCH) {
                List<String> parts = new ArrayList<>();
                addPart(parts, cpus.kernelNs(), "kernel paths", busyNs);
                addPart(parts, cpus.spinNs(), "spinning", busyNs);
                addPart(parts, cpus.coldNs(), "cold caches", busyNs);
                sentences.add("Under " + column.name() + " " + percent(lostNs, busyNs)
                        + " of the time of busy CPUs was no work: " + String.join(", ", parts) + ".");
                return;
            }
        }
    }

    private void differences() {
        List<ColumnRuns> columns = comparison.comparable();
        if (columns.size() < 2) {
            return;
        }
        List<String> found = Differences.sentences(columns, baseline);
        sentences.addAll(found);
        if (found.isEmpty()) {
            sentences.add("No measurable difference in work done, latencies, switches or kernel time.");
        }
    }

    private static void addPart(List<String> parts, long ns, String name, long busyNs) {
        if (ns > busyNs / 100) {
            parts.add(percent(ns, busyNs) + " " + name);
        }
    }

    private static String percent(long part, long whole) {
        return Fixed.of(Fixed.scaled(part, 1_000, whole), 10, 1) + " %";
    }

    private static String time(long ns) {
        return Scale.forTimes(List.of(ns)).withUnit(ns);
    }

    private static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
