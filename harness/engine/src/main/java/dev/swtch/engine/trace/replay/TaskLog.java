package dev.swtch.engine.trace.replay;

import dev.swtch.engine.trace.text.TraceEvent.Left;
import dev.swtch.engine.trace.text.TraceEvent.Named;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;

/** What one task did, in its own order. */
final class TaskLog {
    private static final int NONE = -1;

    private enum State {
        UNSEEN,
        ASLEEP,
        READY,
        RUNNING,
        DEAD
    }

    /** Its place among all tasks. */
    final int index;

    final int tid;
    private final LongArrayList acts = new LongArrayList();
    private String comm = "";
    private int pid = -1;
    private int firstPrio = Named.UNKNOWN_PRIO;
    private int prio = Named.UNKNOWN_PRIO;
    private State state = State.UNSEEN;
    private long beganNs;
    private long sinceNs;

    /** The wake-up that ends the wait, or NONE. */
    private int wake = NONE;

    private boolean wokenAsleep;
    private boolean ran;

    TaskLog(int index, int tid) {
        this.index = index;
        this.tid = tid;
    }

    void called(String name) {
        if (!name.isEmpty() && !name.startsWith("<") && !name.startsWith(":")) {
            comm = name;
        }
    }

    void inProcess(int process) {
        pid = process > 0 ? process : pid;
    }

    private void prio(int newPrio) {
        if (newPrio == Named.UNKNOWN_PRIO || newPrio == prio) {
            return;
        }
        if (prio == Named.UNKNOWN_PRIO) {
            firstPrio = newPrio;
        } else {
            acts.add(Act.PRIO.with(newPrio));
        }
        prio = newPrio;
    }

    /** It has a CPU from now on. */
    void came(int itsPrio, long nowNs, Wakes wakes) {
        boolean waited = state == State.UNSEEN || state == State.ASLEEP || state == State.DEAD;
        if (waited && wake != NONE) {
            wakes.take(wake);
            acts.add(Act.WAIT.with(wake));
        } else if (state == State.UNSEEN) {
            beganNs = nowNs;
        } else if (waited) {
            acts.add(Act.SLEEP.with(nowNs - sinceNs));
        }
        prio(itsPrio);
        wake = NONE;
        state = State.RUNNING;
        sinceNs = nowNs;
    }

    /** When it can have come on a CPU that changed tasks at some time, if nobody saw it come. */
    long earliestNs(long changedNs, Wakes wakes) {
        return Math.max(changedNs, Math.max(sinceNs, wake == NONE ? 0 : wakes.timeNs(wake)));
    }

    void left(Left how, int itsPrio, long nowNs) {
        used(nowNs);
        prio(itsPrio);
        state = switch (how) {
            case RUNNABLE -> State.READY;
            case BLOCKED -> State.ASLEEP;
            case DEAD -> State.DEAD;
        };
    }

    /** That it left its CPU was not recorded, so what it did there is not known. */
    void lost() {
        state = State.READY;
    }

    /** It used its CPU until now, and goes on. */
    void used(long nowNs) {
        if (state == State.RUNNING) {
            ran = true;
            if (nowNs > sinceNs) {
                acts.add(Act.RUN.with(nowNs - sinceNs));
            }
        }
        sinceNs = nowNs;
    }

    void wakes(int number) {
        acts.add(Act.WAKE.with(number));
    }

    /**
     * Somebody wakes it. One that is on its way to sleep may be woken before it is seen to leave its CPU; then the wait
     * has ended when it begins. Of a task that is runnable anyway it means nothing.
     */
    void woken(int number) {
        if (state == State.READY || wake != NONE && wokenAsleep) {
            return;
        }
        wake = number;
        wokenAsleep = state != State.RUNNING;
    }

    boolean isSeen() {
        return state != State.UNSEEN || wake != NONE;
    }

    boolean isRunning() {
        return state == State.RUNNING;
    }

    boolean isDead() {
        return state == State.DEAD;
    }

    /** Whether it ever had a CPU. */
    boolean ran() {
        return ran;
    }

    /** Its last name, or one made of its id if the trace knows none. */
    String comm() {
        return comm.isEmpty() ? "task" : comm;
    }

    int pid() {
        return pid;
    }

    int firstPrio() {
        return firstPrio;
    }

    /** When the trace first saw it on a CPU, if it did not wait before. */
    long beganNs() {
        return beganNs;
    }

    int acts() {
        return acts.size();
    }

    long act(int number) {
        return acts.get(number);
    }
}
