package dev.swtch.machine;

/**
 * In which situation a vector found the CPU when it arrived, which may have been in the middle of a path.
 *
 * <p>A path runs in one host call, so a vector that falls due before the path's cursor is handed over when the path
 * ends. The plugin takes the route its kernel would have taken at the arrival: at once with a frame, pended and
 * run when the critical section ended, or delayed until interrupts opened.
 */
public enum Arrival {
    /** Interrupts were open and no critical section was held. */
    OPEN,
    /** Interrupts were open, but the path was in a critical section. */
    CRITICAL,
    /** Interrupts were closed; the vector was held by the hardware until they opened. */
    CLOSED
}
