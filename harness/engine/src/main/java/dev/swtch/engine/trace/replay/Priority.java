package dev.swtch.engine.trace.replay;

import dev.swtch.engine.trace.text.TraceEvent.Named;
import dev.swtch.engine.workload.Step;
import dev.swtch.spi.thread.ThreadClass;
import java.util.List;

/**
 * Linux' internal priority as class, rank and nice value: below 100 realtime, lower being more urgent (a deadline task
 * has -1), then 20 more than the nice value.
 */
record Priority(ThreadClass threadClass, int rank, int nice) {
    private static final int REALTIME = 100;
    private static final int DEFAULT = 120;
    private static final int LEAST_NICE = -20;
    private static final int MOST_NICE = 19;

    static Priority of(int prio) {
        if (prio == Named.UNKNOWN_PRIO) {
            return new Priority(ThreadClass.TIMESHARE, 0, 0);
        }
        if (prio < REALTIME) {
            return new Priority(ThreadClass.REALTIME, REALTIME - 1 - Math.max(-1, prio), 0);
        }
        return new Priority(ThreadClass.TIMESHARE, 0, Math.max(LEAST_NICE, Math.min(MOST_NICE, prio - DEFAULT)));
    }

    /** What a thread does to change to it. */
    List<Step> change(Priority before) {
        if (threadClass == ThreadClass.REALTIME) {
            return List.of(new Step.SetClass(threadClass, rank));
        }
        Step nicer = new Step.SetNice(nice);
        return before.threadClass == threadClass ? List.of(nicer) : List.of(new Step.SetClass(threadClass, 0), nicer);
    }
}
