package dev.swtch.lwkt.usched;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Usched;
import dev.swtch.machine.Next;
import dev.swtch.spi.plugin.CounterSink;

/** A user scheduler with what it needs at boot. */
public interface UserScheduler extends Usched {
    /** Creates a CPU's helper thread; once for each CPU, on the first one. */
    Next createHelper(Globaldata gd, int cpu, String name);

    /** Hands out counters of its own, if it has any. */
    default void counters(CounterSink sink) {}
}
