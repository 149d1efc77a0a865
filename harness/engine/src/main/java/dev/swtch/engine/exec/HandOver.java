package dev.swtch.engine.exec;

import dev.swtch.engine.workload.ObjectTables;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Those who wait for something that is handed over, in the order of the object. */
final class HandOver {
    private final ArrayDeque<Task> waiting = new ArrayDeque<>();
    private final boolean byPriority;

    private HandOver(boolean byPriority) {
        this.byPriority = byPriority;
    }

    /** A queue for an order; null if whoever comes first gets it. */
    static @Nullable HandOver of(ObjectTables.WakeOrder order) {
        return order == ObjectTables.WakeOrder.BARGING ? null : new HandOver(order == ObjectTables.WakeOrder.PRIORITY);
    }

    void add(Task task) {
        waiting.add(task);
    }

    /** A task does not wait any longer. */
    void remove(Task task) {
        waiting.remove(task);
    }

    /** Takes out who is next; null if nobody waits. */
    @Nullable
    Task next() {
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
