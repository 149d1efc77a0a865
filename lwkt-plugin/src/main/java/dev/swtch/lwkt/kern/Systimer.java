package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.machine.Next;

/** The kernel's clocks. */
@FunctionalInterface
public interface Systimer {
    /** {@code systimer_intr}: a CPU's timer interrupt, in a critical section. */
    Next systimerIntr(Globaldata gd);

    /** {@code initclocks_pcpu}: a CPU starts. */
    default void initclocksPcpu(Globaldata gd) {}
}
