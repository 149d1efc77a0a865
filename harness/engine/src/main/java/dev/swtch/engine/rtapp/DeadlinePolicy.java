package dev.swtch.engine.rtapp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SCHED_DEADLINE in the realtime class: a shorter deadline is more urgent, and all are more urgent than SCHED_FIFO, as on
 * Linux. Deadlines do not move with the time, and nobody is stopped who has used his budget.
 */
final class DeadlinePolicy {
    /** What sets it; a key stands for the ones after it that are absent. Files older than rt-app 1.0 have short keys. */
    static final List<String> KEYS = List.of("dl-deadline", "deadline", "dl-period", "period", "dl-runtime");

    private static final int MOST_URGENT = 1_000_000;

    /** Above all priorities of SCHED_FIFO. */
    private static final int LEAST_URGENT = 100;

    private DeadlinePolicy() {}

    /** The realtime rank of a task or phase, by its deadline in us; those of 0.9 s and more are equal. */
    static int rank(Fields fields, Findings findings) {
        Integer deadline = deadlineUs(fields);
        if (deadline == null || deadline <= 0) {
            findings.expected(
                    fields.place(),
                    "SCHED_DEADLINE of " + fields.where(),
                    "\"dl-deadline\", \"dl-period\" or \"dl-runtime\" of more than 0",
                    deadline == null ? "none" : Integer.toString(deadline));
            return LEAST_URGENT;
        }
        findings.warn(
                fields.place(),
                "SCHED_DEADLINE of " + fields.where()
                        + " becomes the realtime class: a shorter deadline is more urgent, budgets are not kept");
        return Math.max(LEAST_URGENT, MOST_URGENT - deadline);
    }

    private static @Nullable Integer deadlineUs(Fields fields) {
        for (String key : KEYS) {
            if (fields.has(key)) {
                return fields.whole(key);
            }
        }
        return null;
    }
}
