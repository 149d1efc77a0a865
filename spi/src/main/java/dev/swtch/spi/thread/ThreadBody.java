package dev.swtch.spi.thread;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** What a thread executes, supplied by the harness: the plugin only starts it. */
@FunctionalInterface
public interface ThreadBody {
    /**
     * Runs the thread's first instruction; called once, from the landing of its first switch, as the last thing the
     * plugin does there. For a thread of a user class the plugin has already gone through its way to user mode.
     * The body never returns: it ends by {@link dev.swtch.spi.ThrowContract#exit}.
     *
     * @param cpu the CPU that runs the thread
     * @return how the path ended
     */
    Next run(Cpu cpu);

    /**
     * The thread does not execute, and became runnable or waits at another place; called by {@link KThread} for what the
     * harness measures. By default nobody measures.
     *
     * @param cpu the CPU that decided it
     */
    default void waitChanged(Cpu cpu) {}
}
