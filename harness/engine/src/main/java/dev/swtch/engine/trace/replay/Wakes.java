package dev.swtch.engine.trace.replay;

import org.eclipse.collections.impl.list.mutable.primitive.BooleanArrayList;
import org.eclipse.collections.impl.list.mutable.primitive.IntArrayList;
import org.eclipse.collections.impl.list.mutable.primitive.LongArrayList;

/** All wake-ups of a trace, by number. */
final class Wakes {
    /** Waker of a task that an interrupt, or somebody unknown, woke. */
    static final int OUTSIDE = -1;

    private final IntArrayList wakers = new IntArrayList();
    private final IntArrayList woken = new IntArrayList();
    private final LongArrayList timesNs = new LongArrayList();
    private final BooleanArrayList births = new BooleanArrayList();
    private final BooleanArrayList taken = new BooleanArrayList();

    /**
     * One more.
     *
     * @param waker index of the task that woke, or {@link #OUTSIDE}
     * @param task index of the woken task
     * @param birth whether the task is new
     * @return its number
     */
    int add(int waker, int task, long timeNs, boolean birth) {
        wakers.add(waker);
        woken.add(task);
        timesNs.add(timeNs);
        births.add(birth);
        taken.add(false);
        return wakers.size() - 1;
    }

    int size() {
        return wakers.size();
    }

    int waker(int wake) {
        return wakers.get(wake);
    }

    int woken(int wake) {
        return woken.get(wake);
    }

    long timeNs(int wake) {
        return timesNs.get(wake);
    }

    boolean isBirth(int wake) {
        return births.get(wake);
    }

    /** The woken task had waited for it. */
    void take(int wake) {
        taken.set(wake, true);
    }

    /** Whether it ended a wait; it need not, for a task can be woken before it sleeps. */
    boolean isTaken(int wake) {
        return taken.get(wake);
    }
}
