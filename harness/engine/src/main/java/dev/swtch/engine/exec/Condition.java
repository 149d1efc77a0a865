package dev.swtch.engine.exec;

import dev.swtch.spi.block.WaitChannel;

/**
 * A condition without memory: a signal goes to one thread that waits at that moment, or is lost.
 *
 * <p>A waiter registers before it gives up its mutex. A signal that comes between that and its sleep is granted to the
 * registered, so no wake-up is lost that a real condition variable would not lose.
 */
final class Condition {
    final WaitChannel channel;
    int registered;
    int granted;
    long signals;

    Condition(WaitChannel channel) {
        this.channel = channel;
    }

    void register(Task task) {
        registered++;
        task.seen = signals;
    }

    /** Grants up to {@code count} registered waiters to go on; how many to wake. */
    int grant(int count) {
        int woken = Math.min(count, registered - granted);
        if (woken > 0) {
            granted += woken;
            signals++;
        }
        return woken;
    }

    /** A registered task does not wait any longer; always true. */
    boolean giveUp() {
        registered--;
        return true;
    }

    /** Whether the task may go on: a signal came since it registered and is not taken by another. */
    boolean take(Task task) {
        if (granted == 0 || task.seen == signals) {
            return false;
        }
        granted--;
        registered--;
        return true;
    }
}
