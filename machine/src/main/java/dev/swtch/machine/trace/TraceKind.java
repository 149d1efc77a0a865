package dev.swtch.machine.trace;

/** The fixed kinds of trace events, with the meaning of their three arguments. */
public enum TraceKind {
    /** A context was loaded: number of the old one (-1 none), of the new one. */
    SWITCH,
    /** A context's own work begins: its number. */
    WORK,
    /** A CPU rests without work: ordinal of its state. */
    IDLE,
    /** An IPI was sent: target CPU, vector. */
    IPI,
    /** An interrupt is taken: vector, arrival time in ns. */
    INTERRUPT,
    /** A context became runnable: its number, number of the context that did it (-1 none). */
    WAKEUP,
    /** A context stopped being runnable: its number, why. */
    BLOCK,
    /** Something only the plugin understands: its own code, two arguments. */
    PLUGIN
}
