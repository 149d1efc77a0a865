package dev.swtch.engine.trace.stat;

import dev.swtch.engine.trace.text.TraceEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts while a trace is read. */
public final class TraceStatistics implements Consumer<TraceEvent> {
    private static final int IDLE = 0;
    private static final int GONE = -1;

    private final TreeMap<Integer, Counted> tasks = new TreeMap<>();
    private final TreeMap<Integer, Long> lastSwitchNs = new TreeMap<>();
    private long switches;
    private long wakings;
    private long wakeups;
    private long forks;
    private long firstSwitchNs;
    private long latestSwitchNs;

    private static final class Counted {
        final Runs runs = new Runs();
        final Delays delays = new Delays();
        int pid = -1;
        String comm = "";
        long migrations;
    }

    @Override
    public void accept(TraceEvent event) {
        if (event instanceof TraceEvent.Switch change) {
            change(change);
        } else if (event instanceof TraceEvent.Wake wake) {
            wake(wake);
        } else if (event instanceof TraceEvent.Migrate migrate) {
            named(migrate.task()).migrations++;
        }
    }

    /** perf credits a run to whom it finds current, which is nobody any more when a task has exited. */
    private void change(TraceEvent.Switch change) {
        TraceEvent.Head head = change.head();
        long nowNs = head.timeNs();
        firstSwitchNs = switches == 0 ? nowNs : firstSwitchNs;
        latestSwitchNs = nowNs;
        switches++;
        Long beginNs = lastSwitchNs.put(head.cpu(), nowNs);
        if (change.previous().tid() != IDLE) {
            Counted leaving = named(change.previous());
            leaving.delays.left(change.left() == TraceEvent.Left.RUNNABLE, nowNs);
            Counted credited = head.tid() == GONE ? gone() : leaving;
            credited.pid = head.pid() < 0 || credited.pid >= 0 ? credited.pid : head.pid();
            credited.runs.add(beginNs == null ? 0 : nowNs - beginNs);
        }
        if (change.next().tid() != IDLE) {
            named(change.next()).delays.came(nowNs);
        }
    }

    private void wake(TraceEvent.Wake wake) {
        Delays delays = named(wake.task()).delays;
        long nowNs = wake.head().timeNs();
        switch (wake.kind()) {
            case WAKING -> {
                wakings++;
                delays.waking(nowNs);
            }
            case WAKEUP -> {
                wakeups++;
                delays.woken(nowNs);
            }
            case NEW -> {
                forks++;
                delays.woken(nowNs);
            }
        }
    }

    private Counted named(TraceEvent.Named task) {
        Counted counted = tasks.computeIfAbsent(task.tid(), tid -> new Counted());
        if (!task.comm().startsWith("<")) {
            counted.comm = task.comm();
        }
        return counted;
    }

    private Counted gone() {
        Counted counted = tasks.computeIfAbsent(GONE, tid -> new Counted());
        counted.comm = ":-1";
        return counted;
    }

    /** Every task that ran or was delayed, most run time first. */
    public List<TaskStatistics> tasks() {
        List<TaskStatistics> rows = new ArrayList<>();
        tasks.forEach((tid, counted) -> {
            if (counted.runs.count() + counted.delays.count() > 0) {
                rows.add(row(tid, counted));
            }
        });
        rows.sort(Comparator.comparingLong(TaskStatistics::runNs).reversed().thenComparingInt(TaskStatistics::tid));
        return List.copyOf(rows);
    }

    private static TaskStatistics row(int tid, Counted counted) {
        Runs runs = counted.runs;
        Delays delays = counted.delays;
        return new TaskStatistics(
                tid,
                counted.pid,
                counted.comm,
                runs.count(),
                runs.totalNs(),
                runs.leastNs(),
                runs.mostNs(),
                runs.spreadBasisPoints(),
                counted.migrations,
                delays.count(),
                delays.totalNs(),
                delays.mostNs());
    }

    /** Switches, those from and to idle included. */
    public long switches() {
        return switches;
    }

    /** Wake-ups, as the waker's event tells them where it was recorded, new tasks included. */
    public long wakes() {
        return (wakings > 0 ? wakings : wakeups) + forks;
    }

    /** Time from the first switch to the last, ns. */
    public long spanNs() {
        return latestSwitchNs - firstSwitchNs;
    }
}
