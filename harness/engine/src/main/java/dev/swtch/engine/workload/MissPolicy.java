package dev.swtch.engine.workload;

/** What a periodic timer does when its instant has passed before the thread comes to wait for it. */
public enum MissPolicy {
    /** Starts over from now: the next instant is one period from now. */
    RELATIVE,
    /** Keeps its instants: the thread does not sleep until it has caught up. */
    CATCH_UP,
    /** Keeps its instants but leaves out those that have passed; the thread sleeps until the next. */
    SKIP
}
