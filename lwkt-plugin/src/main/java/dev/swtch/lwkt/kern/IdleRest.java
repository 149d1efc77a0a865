package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.machine.Next;

/** What an idle CPU does between two turns of its loop. */
@FunctionalInterface
public interface IdleRest {
    /**
     * Rests; what was pushed is the loop's next turn.
     *
     * @param gd the idle CPU
     * @param nothingPending whether there is nothing to do, so that it may halt
     * @return how the path ended
     */
    Next rest(Globaldata gd, boolean nothingPending);
}
