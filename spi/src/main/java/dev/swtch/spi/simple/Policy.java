package dev.swtch.spi.simple;

import dev.swtch.machine.Cpu;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadSpec;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of a scheduler: which of the threads that could run does. {@link SimpleScheduler} does the rest.
 *
 * <p>Three methods have to be written. All are called inside a kernel path on the CPU that executes, under the one lock of
 * the scheduler; none may switch. Idle threads and interrupt threads are never shown to a policy.
 */
public interface Policy {
    /** No CPU in particular. */
    int ANY_CPU = -1;

    /**
     * A thread is runnable and does not run: keep it until it is picked.
     *
     * @param cpu the CPU that executes, not necessarily one the thread may use
     * @param thread the thread to keep
     * @param reason why it comes
     * @return the CPU that should look at it first, or {@link #ANY_CPU}: an idle one, or else the one that runs the
     *     thread most deserving to be preempted by it
     */
    int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason);

    /**
     * Which thread should this CPU run now? It is no longer kept.
     *
     * <p>Must not be one for which {@link SimpleThread#mayRunOn} is false.
     *
     * @param cpu the CPU that asks, and executes
     * @return the thread; null if none is kept that this CPU may run
     */
    @Nullable
    SimpleThread pick(Cpu cpu);

    /**
     * Should a thread that was just enqueued run instead of one that runs?
     *
     * <p>Of several running threads for which this is true, the one that all others would preempt has to go.
     */
    boolean preempts(SimpleThread enqueued, SimpleThread running);

    /**
     * How long a thread may run before it is enqueued again as {@link ReadyReason#EXPIRED}, in ns, at least 1; asked each
     * time it begins to run. By default forever.
     */
    default long sliceNs(SimpleThread thread) {
        return Long.MAX_VALUE;
    }

    /** A thread ran for a time in ns and is about to be enqueued, to block or to leave; by default nobody counts. */
    default void ran(SimpleThread thread, long ranNs) {}

    /**
     * Gives up a kept thread, because what it was enqueued by changes. By default takes it off its {@link ThreadQueue};
     * a policy that keeps threads elsewhere overrides this and {@link #holds}.
     */
    default void dequeue(Cpu cpu, SimpleThread thread) {
        thread.leaveQueue(cpu);
    }

    /** Whether the policy keeps the thread; asked by checks. By default, whether it is on a {@link ThreadQueue}. */
    default boolean holds(SimpleThread thread) {
        return thread.isQueued();
    }

    /** Makes a thread; overridden by a policy whose threads carry state of its own. */
    default SimpleThread thread(ThreadSpec spec, @Nullable ThreadBody body) {
        return new SimpleThread(spec, body);
    }
}
