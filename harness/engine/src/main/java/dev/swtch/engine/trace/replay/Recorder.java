package dev.swtch.engine.trace.replay;

import dev.swtch.engine.trace.text.TraceEvent;
import dev.swtch.engine.trace.text.TraceEvent.WakeKind;
import dev.swtch.engine.workload.BadInputException;
import dev.swtch.engine.workload.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows every task through a trace while it is read. */
public final class Recorder implements Consumer<TraceEvent> {
    /** Switches and wake-ups that are kept at most, some 40 bytes each. */
    private static final int MOST = 5_000_000;

    private final String file;
    private final List<TaskLog> tasks = new ArrayList<>();
    private final TreeMap<Integer, TaskLog> byTid = new TreeMap<>();
    private final List<OnCpu> cpus = new ArrayList<>();
    private final Wakes wakes = new Wakes();
    private boolean wakingsRecorded;
    private long firstNs = -1;
    private long lastNs;
    private long switches;
    private long gaps;

    /** What is known of one CPU. */
    private static final class OnCpu {
        boolean seen;

        @Nullable
        TaskLog task;

        long sinceNs;
        int interrupts;
    }

    /** For the trace in a file of that name. */
    public Recorder(String file) {
        this.file = file;
    }

    @Override
    public void accept(TraceEvent event) {
        TraceEvent.Head head = event.head();
        firstNs = firstNs < 0 ? head.timeNs() : firstNs;
        lastNs = head.timeNs();
        OnCpu cpu = cpu(head);
        if (event instanceof TraceEvent.Switch change) {
            change(cpu, change);
        } else if (event instanceof TraceEvent.Wake wake) {
            wake(cpu, wake);
        } else if (event instanceof TraceEvent.Interrupt interrupt) {
            cpu.interrupts = Math.max(0, cpu.interrupts + (interrupt.entered() ? 1 : -1));
        }
        if (switches + wakes.size() > MOST) {
            throw new BadInputException(
                    file,
                    List.of(Diagnostic.at(
                            null,
                            file + ": the trace has more than " + MOST + " switches and wake-ups: use a part of it")));
        }
    }

    /** The CPU of an event. Who is current when it is first heard of has been running on it. */
    private OnCpu cpu(TraceEvent.Head head) {
        while (cpus.size() <= head.cpu()) {
            cpus.add(new OnCpu());
        }
        OnCpu cpu = cpus.get(head.cpu());
        if (!cpu.seen) {
            cpu.seen = true;
            cpu.sinceNs = head.timeNs();
            TaskLog task = head.tid() > 0 ? task(head.tid(), head.comm()) : null;
            if (task != null && !task.isRunning()) {
                task.came(TraceEvent.Named.UNKNOWN_PRIO, head.timeNs(), wakes);
                cpu.task = task;
            }
        }
        TaskLog current = cpu.task;
        if (current != null && current.tid == head.tid()) {
            current.inProcess(head.pid());
        }
        return cpu;
    }

    private void change(OnCpu cpu, TraceEvent.Switch change) {
        long nowNs = change.head().timeNs();
        TraceEvent.Named previous = change.previous();
        TaskLog expected = cpu.task;
        TaskLog leaving = previous.tid() > 0 ? task(previous.tid(), previous.comm()) : null;
        if (expected != leaving) {
            gaps++;
            if (expected != null) {
                expected.lost();
            }
            if (leaving != null) {
                leaving.came(previous.prio(), leaving.earliestNs(cpu.sinceNs, wakes), wakes);
            }
        }
        if (leaving != null) {
            leaving.inProcess(change.head().pid());
            leaving.left(change.left(), previous.prio(), nowNs);
        }
        TraceEvent.Named next = change.next();
        TaskLog coming = next.tid() > 0 ? task(next.tid(), next.comm()) : null;
        if (coming != null) {
            coming.came(next.prio(), nowNs, wakes);
        }
        cpu.task = coming;
        cpu.sinceNs = nowNs;
        cpu.interrupts = 0;
        switches++;
    }

    private void wake(OnCpu cpu, TraceEvent.Wake wake) {
        wakingsRecorded |= wake.kind() == WakeKind.WAKING;
        if (wake.kind() == WakeKind.WAKEUP && wakingsRecorded || wake.task().tid() <= 0) {
            return;
        }
        boolean birth = wake.kind() == WakeKind.NEW;
        TaskLog old = byTid.get(wake.task().tid());
        if (birth && old != null && old.isSeen()) {
            byTid.remove(wake.task().tid());
        }
        TaskLog task = task(wake.task().tid(), wake.task().comm());
        TaskLog waker = waker(cpu, wake.head(), task);
        int number = wakes.add(
                waker == null ? Wakes.OUTSIDE : waker.index,
                task.index,
                wake.head().timeNs(),
                birth);
        if (waker != null) {
            waker.used(wake.head().timeNs());
            waker.wakes(number);
        }
        task.woken(number);
    }

    /** The task whose doing a wake-up is; null for an interrupt's. */
    private static @Nullable TaskLog waker(OnCpu cpu, TraceEvent.Head head, TaskLog woken) {
        TaskLog current = cpu.task;
        boolean itsDoing = current != null
                && current != woken
                && current.tid == head.tid()
                && current.isRunning()
                && !head.interrupted()
                && cpu.interrupts == 0;
        return itsDoing ? current : null;
    }

    private TaskLog task(int tid, String comm) {
        TaskLog task = byTid.get(tid);
        if (task == null) {
            task = new TaskLog(tasks.size(), tid);
            tasks.add(task);
            byTid.put(tid, task);
        }
        task.called(comm);
        return task;
    }

    /** Ends the recording: who is still on a CPU has used it until the last event. */
    public void finish() {
        for (OnCpu cpu : cpus) {
            if (cpu.task != null) {
                cpu.task.used(lastNs);
            }
        }
    }

    List<TaskLog> tasks() {
        return tasks;
    }

    Wakes wakes() {
        return wakes;
    }

    long firstNs() {
        return Math.max(0, firstNs);
    }

    /** Time from the first scheduler event to the last, ns. */
    public long spanNs() {
        return lastNs - firstNs();
    }

    /** The highest number of a CPU in the trace, and one more. */
    public int cpus() {
        return cpus.size();
    }

    /** How many tasks are named in the trace, idle apart. */
    public int taskCount() {
        return tasks.size();
    }

    /** How often a CPU's next switch was not from the task the last one led to: events are missing there. */
    public long gaps() {
        return gaps;
    }
}
