package dev.swtch.engine.workload;

import java.util.List;

/**
 * The objects threads meet at. An operand that names an object is an index into the list of its kind.
 *
 * @param mutexes user mutexes
 * @param conditions names of condition variables
 * @param semaphores counting semaphores
 * @param barriers barriers
 * @param timers names of timers shared by threads
 * @param kernelMutexes names of kernel mutexes
 * @param spinLocks names of spin locks
 * @param serializers names of serializers
 */
public record ObjectTables(
        List<Mutex> mutexes,
        List<String> conditions,
        List<Semaphore> semaphores,
        List<Barrier> barriers,
        List<String> timers,
        List<String> kernelMutexes,
        List<String> spinLocks,
        List<String> serializers) {

    /** Copies the lists. */
    public ObjectTables {
        mutexes = List.copyOf(mutexes);
        conditions = List.copyOf(conditions);
        semaphores = List.copyOf(semaphores);
        barriers = List.copyOf(barriers);
        timers = List.copyOf(timers);
        kernelMutexes = List.copyOf(kernelMutexes);
        spinLocks = List.copyOf(spinLocks);
        serializers = List.copyOf(serializers);
    }

    /** A user mutex; waiters are served in order of arrival. */
    public record Mutex(String name, boolean inherits) {}

    /** A counting semaphore; waiters are served in order of arrival. */
    public record Semaphore(String name, int initial) {}

    /** A reusable barrier that opens when so many threads have come. */
    public record Barrier(String name, int parties) {}
}
