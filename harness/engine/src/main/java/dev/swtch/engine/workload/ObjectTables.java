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

    /**
     * A user mutex.
     *
     * @param name name
     * @param protocol what holding it does to a thread's priority
     * @param ceiling realtime rank of who holds it, with {@link Protocol#CEILING}; else 0
     * @param wake who gets it when it becomes free
     * @param spinNs how long a thread works and looks before it sleeps
     */
    public record Mutex(String name, Protocol protocol, int ceiling, WakeOrder wake, long spinNs) {
        /** A mutex for which threads sleep at once, and which whoever comes first gets. */
        public Mutex(String name, boolean inherits) {
            this(name, inherits ? Protocol.INHERIT : Protocol.NONE, 0, WakeOrder.BARGING, 0);
        }
    }

    /** What holding a mutex does to a thread's priority. */
    public enum Protocol {
        /** Nothing. */
        NONE,
        /** The holder has at least the priority of each thread that waits. */
        INHERIT,
        /** The holder is in the realtime class with at least the mutex's rank. */
        CEILING
    }

    /** Who gets a mutex or semaphore when it becomes free. */
    public enum WakeOrder {
        /** Whoever comes first; one that sleeps is woken, in the kernel's order, to try again. */
        BARGING,
        /** The one that has waited longest; it is handed over. */
        FIFO,
        /** The most urgent of those that wait, the longest waiting of equals; it is handed over. */
        PRIORITY
    }

    /**
     * A counting semaphore.
     *
     * @param name name
     * @param initial its count at the start
     * @param wake who gets what is posted
     */
    public record Semaphore(String name, int initial, WakeOrder wake) {
        /** A semaphore that whoever comes first takes from. */
        public Semaphore(String name, int initial) {
            this(name, initial, WakeOrder.BARGING);
        }
    }

    /** A reusable barrier that opens when so many threads have come. */
    public record Barrier(String name, int parties) {}
}
