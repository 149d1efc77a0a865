package dev.swtch.engine.exec;

import dev.swtch.engine.workload.ObjectTables;
import dev.swtch.spi.block.WaitChannel;
import org.jspecify.annotations.Nullable;

/** A user mutex: a word in user memory, and the channel its waiters sleep on or the queue in which it is handed over. */
final class UserMutex {
    final WaitChannel channel;
    final boolean inherits;
    final long spinNs;

    /** Those it is handed over to; null if whoever comes first gets it. */
    final @Nullable HandOver queue;

    @Nullable
    Task owner;

    /** Threads that sleep on the channel or are about to look again. */
    int waiters;

    UserMutex(WaitChannel channel, ObjectTables.Mutex mutex) {
        this.channel = channel;
        inherits = mutex.protocol() == ObjectTables.Protocol.INHERIT;
        spinNs = mutex.spinNs();
        queue = HandOver.of(mutex.wake());
    }
}
