package dev.swtch.engine.exec;

import dev.swtch.spi.block.WaitChannel;

/** A counting semaphore: a count in user memory and the channel its waiters sleep on. */
final class Semaphore {
    final WaitChannel channel;
    long count;
    int waiters;

    Semaphore(WaitChannel channel, long count) {
        this.channel = channel;
        this.count = count;
    }

    boolean tryTake() {
        if (count == 0) {
            return false;
        }
        count--;
        return true;
    }
}
