package dev.swtch.engine.trace.replay;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.MissPolicy;
import dev.swtch.engine.workload.Step;
import dev.swtch.engine.workload.ThreadEntry;
import java.util.ArrayList;
import java.util.List;

/** The steps of one thread. Used once. */
final class ThreadSteps {
    /** The thread's timer of recorded times. Its instants are fixed, so being late once moves none of the later ones. */
    private static final String CLOCK = "clock";

    private final Replay replay;
    private final Wakes wakes;
    private final TaskLog task;
    private final long firstNs;
    private final List<Step> steps = new ArrayList<>();
    private boolean forked;
    private boolean timed;
    private long startNs;
    private long clockNs;
    private long workNs;
    private Priority priority;

    ThreadSteps(Replay replay, Wakes wakes, TaskLog task, long firstNs) {
        this.replay = replay;
        this.wakes = wakes;
        this.task = task;
        this.firstNs = firstNs;
        this.priority = Priority.of(task.firstPrio());
    }

    /** Writes all steps of a run of that length. */
    void write(long spanNs) {
        int first = begin();
        for (int i = first; i < task.acts(); i++) {
            long entry = task.act(i);
            long value = Act.valueOf(entry);
            switch (Act.of(entry)) {
                case RUN -> workNs += value;
                case WAKE -> wake((int) value);
                case WAIT -> await((int) value);
                case SLEEP -> add(new Step.Sleep(Dist.of(value)));
                case PRIO -> change(Priority.of((int) value));
            }
        }
        work();
        if (!task.isDead()) {
            steps.add(new Step.Sleep(Dist.of(Math.max(1, spanNs))));
        }
    }

    /** Turns the wait that a task begins with into a start; returns how many acts that took. */
    private int begin() {
        boolean waits = task.acts() > 0 && Act.of(task.act(0)) == Act.WAIT;
        if (!waits) {
            startNs = task.beganNs() - firstNs;
            return 0;
        }
        int wake = (int) Act.valueOf(task.act(0));
        if (!replay.isEdge(wake)) {
            startNs = wakes.timeNs(wake) - firstNs;
            return 1;
        }
        forked = wakes.isBirth(wake);
        return forked ? 1 : 0;
    }

    private void wake(int wake) {
        if (replay.isEdge(wake)) {
            add(
                    wakes.isBirth(wake)
                            ? new Step.Fork(replay.name(wakes.woken(wake)), Dist.of(1), 0)
                            : new Step.Post(replay.edge(wake)));
        }
    }

    private void await(int wake) {
        if (replay.isEdge(wake)) {
            add(new Step.Pend(replay.edge(wake)));
            return;
        }
        long timeNs = wakes.timeNs(wake) - firstNs;
        add(new Step.Timer(CLOCK, true, Dist.of(timeNs - clockNs), MissPolicy.CATCH_UP));
        clockNs = timeNs;
        timed = true;
    }

    private void change(Priority changed) {
        work();
        steps.addAll(changed.change(priority));
        priority = changed;
    }

    private void add(Step step) {
        work();
        steps.add(step);
    }

    /** The work since the last step. */
    private void work() {
        if (workNs > 0) {
            steps.add(new Step.Compute(Dist.of(workNs)));
            workNs = 0;
        }
    }

    List<Step> steps() {
        return steps;
    }

    /** Whether another thread makes it. */
    boolean isForked() {
        return forked;
    }

    /** When it begins, ns after the start of the run. */
    long startNs() {
        return startNs;
    }

    long timerBaseNs() {
        return timed ? 0 : ThreadEntry.OWN_START;
    }
}
