package dev.swtch.engine.rtapp;

import dev.swtch.engine.workload.WorkloadBuilder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The objects that events mention, in the order of their first mention. Names are per kind. */
final class MeetingPoints {
    private final Set<String> mutexes = new LinkedHashSet<>();
    private final Set<String> conditions = new LinkedHashSet<>();
    private final Set<String> semaphores = new LinkedHashSet<>();
    private final Set<String> timers = new LinkedHashSet<>();
    private final Map<String, Integer> barriers = new LinkedHashMap<>();

    String mutex(String name) {
        mutexes.add(name);
        return name;
    }

    String condition(String name) {
        conditions.add(name);
        return name;
    }

    String semaphore(String name) {
        semaphores.add(name);
        return name;
    }

    String timer(String name) {
        timers.add(name);
        return name;
    }

    /** Adds the instances of one more task reference to a barrier. */
    String barrier(String name, int instances) {
        barriers.merge(name, instances, Integer::sum);
        return name;
    }

    void declare(WorkloadBuilder workload, boolean inherit) {
        for (String mutex : mutexes) {
            if (inherit) {
                workload.inheritingMutex(mutex);
            } else {
                workload.mutex(mutex);
            }
        }
        conditions.forEach(workload::condition);
        semaphores.forEach(semaphore -> workload.semaphore(semaphore, 0));
        timers.forEach(workload::timer);
        barriers.forEach((name, parties) -> workload.barrier(name, Math.max(1, parties)));
    }
}
