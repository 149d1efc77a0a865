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
        ceilings = Arrays.copyOf(ceilings, ceilings.length + 1);
        ceilings[ceilings.length - 1] = ceiling;
    }

    void drop(int ceiling) {
        int at = 0;
        while (ceilings[at] != ceiling) {
            at++;
        }
        ceilings[at] = ceilings[ceilings.length - 1];
        ceilings = Arrays.copyOf(ceilings, ceilings.length - 1);
    }

    /** The class it should be in. */
    ThreadClass threadClass() {
        return ceilings.length == 0 ? ownClass : ThreadClass.REALTIME;
    }

    /** The rank it should have in that class. */
    int rank() {
        int rank = ceilings.length == 0 || ownClass == ThreadClass.REALTIME ? ownRank : 0;
        for (int ceiling : ceilings) {
            rank = Math.max(rank, ceiling);
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
