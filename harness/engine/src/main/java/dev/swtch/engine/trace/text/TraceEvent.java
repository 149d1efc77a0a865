package dev.swtch.engine.trace.text;

/** What a trace says about scheduling, in the order of time. */
public sealed interface TraceEvent {
    /** When and where it was recorded. */
    Head head();

    /** The same event at another time, in ns. */
    TraceEvent at(long timeNs);

    /**
     * What every line of a trace begins with.
     *
     * @param timeNs time on the recorder's clock, ns
     * @param cpu CPU on which it was recorded
     * @param tid the task that was current there; 0 for idle, -1 if perf no longer knew
     * @param pid its process, -1 if the trace does not say
     * @param comm its name
     * @param interrupted whether the line says that an interrupt was being served
     */
    record Head(long timeNs, int cpu, int tid, int pid, String comm, boolean interrupted) {
        Head withTime(long newTimeNs) {
            return new Head(newTimeNs, cpu, tid, pid, comm, interrupted);
        }
    }

    /**
     * A task that an event names.
     *
     * @param tid its id; 0 for idle
     * @param comm its name
     * @param prio the kernel's priority: 0 to 99 realtime, 100 to 139 timeshare, or {@link #UNKNOWN_PRIO}
     */
    record Named(int tid, String comm, int prio) {
        /** The event does not tell the priority. */
        public static final int UNKNOWN_PRIO = Integer.MIN_VALUE;
    }

    /** In which state a task left its CPU. */
    enum Left {
        /** It could have gone on. */
        RUNNABLE,
        /** It waits for something. */
        BLOCKED,
        /** It will not come back. */
        DEAD
    }

    /** A CPU changed from one task to another ({@code sched_switch}). */
    record Switch(Head head, Named previous, Left left, Named next) implements TraceEvent {
        @Override
        public Switch at(long timeNs) {
            return new Switch(head.withTime(timeNs), previous, left, next);
        }
    }

    /** Which of the kernel's wake-up events it is. */
    enum WakeKind {
        /** The waker found the task asleep ({@code sched_waking}): it is the waker's event. */
        WAKING,
        /** The task is on a queue ({@code sched_wakeup}), perhaps put there by the CPU it goes to. */
        WAKEUP,
        /** A new task is on a queue ({@code sched_wakeup_new}). */
        NEW
    }

    /** A task was made runnable. */
    record Wake(Head head, WakeKind kind, Named task) implements TraceEvent {
        @Override
        public Wake at(long timeNs) {
            return new Wake(head.withTime(timeNs), kind, task);
        }
    }

    /** A task was moved to another CPU ({@code sched_migrate_task}). */
    record Migrate(Head head, Named task) implements TraceEvent {
        @Override
        public Migrate at(long timeNs) {
            return new Migrate(head.withTime(timeNs), task);
        }
    }

    /** An interrupt began or ended to be served on the CPU. */
    record Interrupt(Head head, boolean entered) implements TraceEvent {
        @Override
        public Interrupt at(long timeNs) {
            return new Interrupt(head.withTime(timeNs), entered);
        }
    }
}
