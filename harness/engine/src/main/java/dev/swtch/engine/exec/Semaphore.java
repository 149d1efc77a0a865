package dev.swtch.engine.exec;

import dev.swtch.engine.workload.ObjectTables;
import dev.swtch.spi.block.WaitChannel;
import org.jspecify.annotations.Nullable;

/** A counting semaphore: a count in user memory, and the channel its waiters sleep on or the queue it is handed over in. */
final class Semaphore {
    final WaitChannel channel;

    /** Those whom a post serves before it counts; null if whoever comes first takes it. */
    final @Nullable HandOver queue;

    /** Whom the last post served; null if it counted. */
    @Nullable
    Task served;

    long count;

    /** Threads that sleep on the channel or are about to look again. */
    int waiters;

    Semaphore(WaitChannel channel, ObjectTables.Semaphore semaphore) {
        this.channel = channel;
        this.count = semaphore.initial();
        this.queue = HandOver.of(semaphore.wake());
    }

    boolean tryTake() {
        if (count == 0) {
            return false;
        }
        count--;
        return true;
    }

    /** Adds one or serves a waiter; whether somebody has to be woken. */
    boolean post() {
        served = queue == null ? null : queue.next();
        if (served == null) {
            count++;
            return queue == null && waiters > 0;
        }
        served.served = true;
        return true;
    }

    void enqueue(Task task) {
        waiters++;
        if (queue != null) {
            queue.add(task);
        }
    }

    /** Whether a woken task has got one. */
    boolean has(Task task) {
        if (queue == null) {
            return tryTake();
        }
        boolean has = task.served;
        task.served = false;
        return has;
    }

    /** A task has got one or does not wait any longer. */
    void leave(Task task, boolean has) {
        waiters--;
        if (queue != null && !has) {
            queue.remove(task);
        }
    }
}
