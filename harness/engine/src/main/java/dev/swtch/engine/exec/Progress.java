package dev.swtch.engine.exec;

import dev.swtch.machine.Cpu;

/**
 * Counts steps that follow each other in one host call, so that a workload whose steps take no time or never leave the
 * CPU (yields nobody takes up, locks nobody else wants, sleeps of no length) can neither hold up the other CPUs nor
 * keep the simulation at one instant for ever.
 */
final class Progress {
    /** More than the paths of a thread that works now and then have; after them the path parks. */
    private static final int MOST_STEPS = 100;

    /** So many parks at one instant, a million steps, and no time will ever pass. */
    private static final int MOST_PARKS = 10_000;

    private long event;
    private int steps;
    private long parkedNs;
    private int parks;

    /** A host call may have begun. */
    void at(long newEvent) {
        if (newEvent != event) {
            event = newEvent;
            steps = 0;
        }
    }

    /** Counts a step; whether the path is to be parked. */
    boolean isLong() {
        return ++steps > MOST_STEPS;
    }

    /** The path parks; whether that is without hope. */
    boolean isEndless(Cpu cpu) {
        steps = 0;
        parks = cpu.now() == parkedNs ? parks + 1 : 0;
        parkedNs = cpu.now();
        return parks > MOST_PARKS;
    }
}
