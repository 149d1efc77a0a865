package dev.swtch.engine.exec;

import dev.swtch.spi.block.WaitChannel;

/** A reusable barrier: the last of its parties opens it for the others. */
final class Barrier {
    final WaitChannel channel;
    final int parties;
    int arrived;
    long opened;

    /** Comers that sleep, each counted once for every time it went to sleep. */
    int sleepers;

    Barrier(WaitChannel channel, int parties) {
        this.channel = channel;
        this.parties = parties;
    }

    /** The task arrives; true if it is the last and the barrier opens. */
    boolean arrive(Task task) {
        task.seen = opened;
        if (++arrived < parties) {
            return false;
        }
        arrived = 0;
        opened++;
        return true;
    }
}
