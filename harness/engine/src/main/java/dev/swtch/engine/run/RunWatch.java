package dev.swtch.engine.run;

import dev.swtch.machine.Machine;

/** Looks on at a run from outside; called on the run's own host thread. It must change nothing. */
@FunctionalInterface
public interface RunWatch {
    /** The machine is made and its scheduler is not. By default nobody looks. */
    default void began(Machine machine) {}

    /** The last event is over, and all of the run still is in memory. */
    void ended();
}
