package dev.swtch.reference;

import dev.swtch.spi.Foresight;
import dev.swtch.spi.simple.ReadyReason;

/** The order of shortest remaining time: a thread with less work before its next wait preempts at once. */
record LeastWorkLeft(Foresight foresight) implements LeastFirst.Order {
    @Override
    public long rank(RankedThread thread, ReadyReason reason) {
        return foresight.workLeftNs(thread);
    }

    @Override
    public boolean preempts(RankedThread enqueued, RankedThread running) {
        return enqueued.isBefore(foresight.workLeftNs(enqueued), running, foresight.workLeftNs(running));
    }
}
