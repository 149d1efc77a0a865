package dev.swtch.lwkt.sys;

import dev.swtch.machine.Next;

/** What {@code td_preemptable} and {@code td_release} point to. */
@FunctionalInterface
public interface ThreadHook {
    /**
     * Calls the function.
     *
     * @param gd the executing CPU
     * @param td the thread it was set on
     * @param critcount the caller's own critical sections; 0 for {@code td_release}
     * @return how the path ended
     */
    Next call(Globaldata gd, LwktThread td, int critcount);
}
