package dev.swtch.report;

import dev.swtch.engine.result.ThreadResult;
import dev.swtch.report.text.Cell;
import dev.swtch.report.text.Fixed;
import dev.swtch.report.text.Grid;
import dev.swtch.report.text.Ink;
import dev.swtch.report.text.Scale;
import java.util.List;
import java.util.Locale;

/** One table per column with a row for each thread, by the first seed's run. */
final class ThreadTables {
    private static final int SHOWN = 60;
    private static final List<Cell> HEADINGS = List.of(
            Cell.of("class"),
            Cell.of("work"),
            Cell.of("share"),
            Cell.of("ready"),
            Cell.of("to work p99"),
            Cell.of("switches"),
            Cell.of("migrations"));

    private ThreadTables() {}

    static String text(List<ColumnRuns> columns, boolean colour) {
        StringBuilder text = new StringBuilder();
        for (ColumnRuns column : columns) {
            text.append(table(column, colour));
        }
        return text.toString();
    }

    private static String table(ColumnRuns column, boolean colour) {
        Grid grid = new Grid(colour);
        grid.section("threads under " + column.name(), HEADINGS);
        List<ThreadResult> threads = column.first().threads();
        Scale work = Scale.forTimes(threads.stream().map(ThreadTables::workNs).toList());
        Scale ready = Scale.forTimes(threads.stream().map(ThreadResult::readyNs).toList());
        Scale toWork = Scale.forTimes(
                threads.stream().map(thread -> thread.wakeToRun().p99Ns()).toList());
        grid.faintRow(
                "",
                "",
                List.of(
                        Cell.of(""),
                        Cell.of(work.unit()),
                        Cell.of("%"),
                        Cell.of(ready.unit()),
                        Cell.of(toWork.unit()),
                        Cell.of(""),
                        Cell.of("")));
        long all = threads.stream().mapToLong(ThreadTables::workNs).sum();
        for (ThreadResult thread : threads.subList(0, Math.min(SHOWN, threads.size()))) {
            grid.row(
                    "  " + thread.path(),
                    "",
                    List.of(
                            Cell.of(thread.threadClass().name().toLowerCase(Locale.ROOT)),
                            Cell.of(work.text(workNs(thread))),
                            Cell.of(Scale.SHARE.text(Fixed.scaled(workNs(thread), 1_000, all))),
                            Cell.of(ready.text(thread.readyNs())),
                            Cell.of(toWork.text(thread.wakeToRun().p99Ns())),
                            Cell.of(Fixed.whole(thread.switches())),
                            Cell.of(Fixed.whole(thread.migrations()))));
        }
        if (threads.size() > SHOWN) {
            grid.line("  and " + Fixed.whole(threads.size() - SHOWN) + " more; --json has them all", Ink.FAINT);
        }
        return grid.text();
    }

    /** Work a thread did in either mode. */
    static long workNs(ThreadResult thread) {
        return thread.userNs() + thread.kernelNs();
    }
}
