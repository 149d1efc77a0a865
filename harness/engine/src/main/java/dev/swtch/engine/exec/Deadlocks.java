package dev.swtch.engine.exec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds threads that wait for each other in a circle, each for a mutex that the next holds: they never go on. */
final class Deadlocks {
    private final UserLocks locks;

    Deadlocks(UserLocks locks) {
        this.locks = locks;
    }

    /** One sentence for each circle, in the order of the threads. */
    List<String> among(List<Task> tasks) {
        List<String> found = new ArrayList<>();
        Set<Task> known = new HashSet<>();
        for (Task task : tasks) {
            List<Task> circle = circle(task);
            if (!circle.isEmpty() && known.addAll(circle)) {
                found.add(sentence(circle));
            }
        }
        return found;
    }

    /** The threads of a circle beginning with a task; empty if it is in none. */
    private List<Task> circle(Task from) {
        List<Task> chain = new ArrayList<>();
        Task next = from;
        while (next != null && !chain.contains(next)) {
            chain.add(next);
            next = locks.holderOf(next.waitsFor());
        }
        return next == from ? chain : List.of();
    }

    private static String sentence(List<Task> circle) {
        StringBuilder text = new StringBuilder("deadlock: ");
        for (int i = 0; i < circle.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(circle.get(i).path());
            text.append(" waits for ").append(circle.get(i).waitsFor());
            text.append(" of ").append(circle.get((i + 1) % circle.size()).path());
        }
        return text.toString();
    }

    /** What a task waits for, and who holds it. */
    static String waitsFor(UserLocks locks, Task task) {
        @Nullable Task holder = locks.holderOf(task.waitsFor());
        return holder == null ? task.waitsFor() : task.waitsFor() + ", held by " + holder.path();
    }
}
