package dev.swtch.engine.rtapp;

import dev.swtch.spi.thread.ThreadClass;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The scheduling policies of Linux, and the class each becomes. */
enum Policy {
    SCHED_OTHER(ThreadClass.TIMESHARE, 0, -20, 19),
    SCHED_BATCH(ThreadClass.TIMESHARE, 0, -20, 19),
    SCHED_IDLE(ThreadClass.IDLE, 0, -20, 19),
    SCHED_RR(ThreadClass.REALTIME, 10, 1, 99),
    SCHED_FIFO(ThreadClass.REALTIME, 10, 1, 99),
    /** Known, but no scheduler here has it. */
    SCHED_DEADLINE(ThreadClass.REALTIME, 0, 0, 0);

    final ThreadClass threadClass;
    final int defaultPriority;
    final int lowest;
    final int highest;

    Policy(ThreadClass threadClass, int defaultPriority, int lowest, int highest) {
        this.threadClass = threadClass;
        this.defaultPriority = defaultPriority;
        this.lowest = lowest;
        this.highest = highest;
    }

    boolean isRealtime() {
        return threadClass == ThreadClass.REALTIME;
    }

    static @Nullable Policy named(String name) {
        for (Policy policy : values()) {
            if (policy.name().equals(name)) {
                return policy;
            }
        }
        return null;
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Policy::name).toList();
    }
}
