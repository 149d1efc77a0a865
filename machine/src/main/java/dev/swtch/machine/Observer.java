package dev.swtch.machine;

import org.jspecify.annotations.Nullable;

/** Sees what every scheduler is measured by; called on the hot path. */
public interface Observer {
    /**
     * A context was loaded.
     *
     * @param cpu the CPU, whose cursor is the instant
     * @param from the context that ran before; null on the first switch of a CPU
     * @param to the context that runs now
     */
    void switched(Cpu cpu, @Nullable Context from, Context to);

    /**
     * A path is over and the CPU rests; checks run here.
     *
     * @param cpu the CPU, whose cursor is the end of the path
     */
    void pathEnded(Cpu cpu);
}
