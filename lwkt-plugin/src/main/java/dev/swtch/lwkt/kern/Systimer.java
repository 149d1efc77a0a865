package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.machine.Next;

/** The kernel's clocks. */
@FunctionalInterface
public interface Systimer {
    /** {@code systimer_intr}: a CPU's timer interrupt, in a critical section. */
    Next systimerIntr(Globaldata gd);

    /** {@code systimer_init_periodic} with {@code lwkt_schedule}: schedules a thread of this CPU again and again. */
    default void systimerInitPeriodic(Globaldata gd, LwktThread td, int hz) {}

    /** {@code systimer_del} of such a timer. */
    default void systimerDel(Globaldata gd, LwktThread td) {}

    /** {@code initclocks_pcpu}: a CPU starts. */
    default void initclocksPcpu(Globaldata gd) {}
}
