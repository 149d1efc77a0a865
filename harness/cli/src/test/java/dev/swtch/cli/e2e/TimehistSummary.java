package dev.swtch.cli.e2e;

import dev.swtch.engine.trace.stat.TaskStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of {@code perf sched timehist --summary}: counts and run times of each task. */
final class TimehistSummary {
    private static final Pattern ROW = Pattern.compile(
            ".*\\[(-?\\d+)(?:/-?\\d+)?\\] +-?\\d+ +(\\d+ +\\d+\\.\\d+ +\\d+\\.\\d+ +\\d+\\.\\d+ +\\d+\\.\\d+"
                    + " +\\d+\\.\\d+) +\\d+");

    private TimehistSummary() {}

    /** Every task that perf and we do not agree about, after the number of those we do. */
    static List<String> differences(Path summary, List<TaskStatistics> tasks) throws IOException {
        Map<Integer, String> ours = new TreeMap<>();
        for (TaskStatistics task : tasks) {
            if (task.runs() > 0) {
                ours.put(task.tid(), text(task));
            }
        }
        List<String> differences = new ArrayList<>();
        int rows = 0;
        for (String line : Files.readAllLines(summary)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows++;
                String theirs = row.group(2).replaceAll(" +", " ");
                String found = ours.remove(Integer.valueOf(row.group(1)));
                if (!theirs.equals(found)) {
                    differences.add("task " + row.group(1) + ": expected " + theirs + ", found " + found);
                }
            }
        }
        ours.forEach((tid, text) -> differences.add("task " + tid + ": expected nothing, found " + text));
        if (rows == 0) {
            differences.add("no rows in " + summary);
        }
        return differences;
    }

    /** Runs, then total, shortest, mean and longest in ms, cut off behind microseconds, and the spread in percent. */
    private static String text(TaskStatistics task) {
        return task.runs() + " " + milliseconds(task.runNs()) + " " + milliseconds(task.leastNs()) + " "
                + milliseconds(task.meanNs()) + " " + milliseconds(task.mostNs()) + " "
                + String.format(Locale.ROOT, "%d.%02d", task.spreadBasisPoints() / 100, task.spreadBasisPoints() % 100);
    }

    private static String milliseconds(long ns) {
        return String.format(Locale.ROOT, "%d.%03d", ns / 1_000_000, ns / 1_000 % 1_000);
    }
}
