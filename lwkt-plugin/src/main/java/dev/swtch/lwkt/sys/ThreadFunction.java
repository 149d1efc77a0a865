package dev.swtch.lwkt.sys;

import dev.swtch.machine.Next;

/** What a kernel thread executes; its return is the thread's exit. */
@FunctionalInterface
public interface ThreadFunction {
    /** Runs the thread from its beginning. */
    Next run(Globaldata gd, LwktThread td);
}
