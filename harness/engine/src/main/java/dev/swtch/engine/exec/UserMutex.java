package dev.swtch.engine.exec;

import dev.swtch.engine.workload.ObjectTables;
import dev.swtch.spi.block.WaitChannel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A user mutex: a word in user memory, and the channel its waiters sleep on or the queue in which it is handed over. */
final class UserMutex {
    final WaitChannel channel;
    final boolean inherits;
    final long spinNs;

    /** Those it is handed over to; null if whoever comes first gets it. */
    final @Nullable ArrayDeque<Task> queue;

    @Nullable
    Task owner;

    /** Threads that sleep on the channel or are about to look again. */
    int waiters;

    private final boolean byPriority;

    UserMutex(WaitChannel channel, ObjectTables.Mutex mutex) {
        this.channel = channel;
        inherits = mutex.protocol() == ObjectTables.Protocol.INHERIT;
        spinNs = mutex.spinNs();
        queue = mutex.wake() == ObjectTables.WakeOrder.BARGING ? null : new ArrayDeque<>();
        byPriority = mutex.wake() == ObjectTables.WakeOrder.PRIORITY;
    }

    /** Takes from a queue who gets the mutex next; null if nobody waits there. */
    @Nullable
    Task next(ArrayDeque<Task> waiting) {
        Task next = waiting.peek();
        if (byPriority && next != null) {
            for (Task task : waiting) {
                next = task.wishes.urgency() > next.wishes.urgency() ? task : next;
            }
            waiting.remove(next);
            return next;
        }
        return waiting.poll();
    }
}
