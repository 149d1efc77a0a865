package dev.swtch.engine.exec;

import dev.swtch.engine.workload.Goals;
import dev.swtch.engine.workload.Op;
import dev.swtch.engine.workload.Quantity;
import dev.swtch.engine.workload.Workload;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The labels of a workload: which threads are between begin and end, and what is measured there. A thread keeps the begin
 * of each label in a register, plus 1, so that 0 means that it is not under way; and in the next register, if parts of the
 * label are measured by themselves, the work it had done by then.
 */
public final class Labels {
    private final LabelLog[] logs;

    /** Parts of labels, with their logs, and for each label the indices of its parts. */
    private final Goals.Part[] parts;

    private final LabelLog[] partLogs;
    private final int[][] partsOf;

    Labels(Workload workload) {
        Goals goals = workload.goals();
        logs = logs(goals, workload.probes());
        List<Goals.Measure> measured = goals.parts();
        parts = measured.stream().map(Goals.Measure::part).toArray(Goals.Part[]::new);
        partLogs = logs(goals, measured.stream().map(Goals.Measure::label).toList());
        partsOf = workload.probes().stream()
                .map(label -> IntStream.range(0, parts.length)
                        .filter(i -> parts[i].label().equals(label))
                        .toArray())
                .toArray(int[][]::new);
    }

    private static LabelLog[] logs(Goals goals, List<String> names) {
        return names.stream().map(name -> log(goals, name)).toArray(LabelLog[]::new);
    }

    private static LabelLog log(Goals goals, String name) {
        List<Long> numbers = goals.wanted(name, Quantity.IN_SYSTEM_JUST);
        int toldApart = numbers.isEmpty() ? 0 : 1 + Math.toIntExact(numbers.get(numbers.size() - 1));
        long[] thresholds = goals.wanted(name, Quantity.ABOVE).stream()
                .mapToLong(Long::longValue)
                .toArray();
        return new LabelLog(goals.warmupNs(), goals.measureOf(name).deadlineNs(), thresholds, toldApart);
    }

    /** A task begins; one under way is given up for it. */
    void begin(Task task, int label, int register, long nowNs) {
        giveUp(task, label, register, nowNs);
        task.registers[register] = nowNs + 1;
        logs[label].begin(nowNs);
        if (partsOf[label].length > 0) {
            task.registers[register + 1] = task.workNs();
        }
    }

    /** A task ends what it began; nothing if it did not. */
    void end(Task task, int label, int register, long nowNs) {
        long began = task.registers[register];
        if (began != 0) {
            task.registers[register] = 0;
            logs[label].end(began - 1, nowNs);
            for (int part : partsOf[label]) {
                if (parts[part].has(task.workNs() - task.registers[register + 1])) {
                    partLogs[part].begin(began - 1);
                    partLogs[part].end(began - 1, nowNs);
                }
            }
        }
    }

    private void giveUp(Task task, int label, int register, long nowNs) {
        long began = task.registers[register];
        if (began != 0) {
            task.registers[register] = 0;
            logs[label].giveUp(began - 1, nowNs);
        }
    }

    /** What arrives from outside begins its first labels when it arrives, not when it is first given a CPU. */
    void arrived(Task task, long nowNs) {
        while (task.code[task.pc] == Op.BEGIN) {
            begin(task, task.code[task.pc + 1], task.code[task.pc + 2], nowNs);
            task.pc += 3;
        }
    }

    /** A task leaves with what it has under way. */
    void exited(Task task, long nowNs) {
        int[] sites = task.program.labels();
        for (int i = 0; i < sites.length; i += 2) {
            giveUp(task, sites[i], sites[i + 1], nowNs);
        }
    }

    /** What is measured under a label, by the workload's index. */
    public LabelLog log(int label) {
        return logs[label];
    }

    /** What is measured of a part of a label, by its index among them. */
    public LabelLog partLog(int part) {
        return partLogs[part];
    }

    /** How many are under way and too late at the end of the run. */
    public long overdue(int label, List<Task> tasks, long nowNs) {
        long overdue = 0;
        for (Task task : tasks) {
            int[] sites = task.program.labels();
            for (int i = 0; i < sites.length; i += 2) {
                long began = task.registers[sites[i + 1]];
                if (sites[i] == label && began != 0 && logs[label].isOverdue(began - 1, nowNs)) {
                    overdue++;
                }
            }
        }
        return overdue;
    }
}
