package dev.swtch.engine.exec;

import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.spi.thread.ThreadClass;
import java.util.Arrays;

/** What a task asks of the scheduler at present: its class, rank and nice value, and the ceilings of its mutexes. */
final class Wishes {
    private static final int[] NO_CEILINGS = {};
    private static final int NICE_LEVELS = 64;

    private ThreadClass ownClass;
    private int ownRank;
    private int nice;
    private int[] ceilings = NO_CEILINGS;
    private int held;

    Wishes(ThreadEntry entry) {
        ownClass = entry.threadClass();
        ownRank = entry.rank();
        nice = entry.nice();
    }

    void set(ThreadClass threadClass, int rank) {
        ownClass = threadClass;
        ownRank = rank;
    }

    void setNice(int value) {
        nice = value;
    }

    void raise(int ceiling) {
        if (held == ceilings.length) {
            ceilings = Arrays.copyOf(ceilings, 2 * held + 2);
        }
        ceilings[held++] = ceiling;
    }

    void drop(int ceiling) {
        int at = 0;
        while (ceilings[at] != ceiling) {
            at++;
        }
        ceilings[at] = ceilings[--held];
    }

    /** The class it should be in. */
    ThreadClass threadClass() {
        return held == 0 ? ownClass : ThreadClass.REALTIME;
    }

    /** The rank it should have in that class. */
    int rank() {
        int rank = held == 0 || ownClass == ThreadClass.REALTIME ? ownRank : 0;
        for (int i = 0; i < held; i++) {
            rank = Math.max(rank, ceilings[i]);
        }
        return rank;
    }

    /** Orders tasks that wait for one thing: greater goes first. */
    int urgency() {
        return switch (threadClass()) {
            case REALTIME -> NICE_LEVELS + rank();
            case IDLE, CPU_IDLE -> -NICE_LEVELS;
            case TIMESHARE, KERNEL, INTERRUPT -> -nice;
        };
    }
}
