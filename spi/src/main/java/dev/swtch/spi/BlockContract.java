package dev.swtch.spi;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;
import dev.swtch.spi.block.KernelLock;
import dev.swtch.spi.block.WaitChannel;
import dev.swtch.spi.thread.KThread;

/**
 * Sleeping, waiting and locking by the kernel's own means; the kernels differ here by design.
 *
 * <p>All methods run on the current thread's CPU in the kernel and return to the caller's frame when the thread goes on.
 * {@link dev.swtch.spi.simple.FifoBlocking} serves a plugin that has no means of its own.
 */
public interface BlockContract {
    /** Value of a timeout that never ends. */
    long FOREVER = -1;

    /**
     * The current thread sleeps at least {@code ns}, as {@code nanosleep} does: the kernel decides how much longer.
     *
     * <p><b>Source:</b> {@code kern_clock_nanosleep} (FreeBSD); {@code nanosleep1} (DragonFly).
     *
     * @param cpu the thread's CPU
     * @param ns at least 0
     * @return how the path ended
     */
    Next sleep(Cpu cpu, long ns);

    /**
     * The current thread waits on a channel until {@link #wake} or a timeout; the caller tests its condition again.
     *
     * <p>Between the caller's test and the wait no wake-up can be lost: both happen in one path, and a kernel that may
     * switch before it sleeps interlocks first. <b>Source:</b> {@code umtxq_sleep}; {@code umtx_sleep}.
     *
     * @param cpu the thread's CPU
     * @param channel what it waits on
     * @param timeoutNs time after which it goes on anyway; {@link #FOREVER} for none
     * @return how the path ended
     */
    Next await(Cpu cpu, WaitChannel channel, long timeoutNs);

    /**
     * Wakes up to {@code count} threads that wait on a channel, in the kernel's order.
     *
     * <p>Also called from interrupt handlers. <b>May:</b> wake more, where the kernel does; preempt the caller.
     * <b>Source:</b> {@code umtxq_signal}; {@code umtx_wakeup}.
     *
     * @param cpu the waker's CPU
     * @param channel what they wait on
     * @param count 1, or {@link Integer#MAX_VALUE} for all
     * @return how the path ended
     */
    Next wake(Cpu cpu, WaitChannel channel, int count);

    /**
     * Whether a thread woken from {@link #await} goes back to user mode before it looks again at what it waited for.
     *
     * <p>True where the kernel only sleeps and the user program retries ({@code umtx_sleep}, DragonFly); false where the
     * kernel itself retries ({@code do_lock_normal}, FreeBSD).
     */
    default boolean retriesInUserMode() {
        return true;
    }

    /** As {@link #await} without timeout, lending the current thread's priority to the owner where the kernel can. */
    default Next awaitLending(Cpu cpu, WaitChannel channel, KThread owner) {
        return await(cpu, channel, FOREVER);
    }

    /** Ends what {@link #awaitLending} lent to the current thread through a channel, then wakes one waiter. */
    default Next wakeLent(Cpu cpu, WaitChannel channel) {
        return wake(cpu, channel, 1);
    }

    /** Takes a kernel mutex; not recursive. */
    Next lock(Cpu cpu, KernelLock mutex);

    /** Releases a kernel mutex the current thread holds. */
    Next unlock(Cpu cpu, KernelLock mutex);

    /** Enters a serializer: excludes others while the thread runs, is dropped while it sleeps. May nest. */
    Next enter(Cpu cpu, KernelLock serializer);

    /** Leaves a serializer the current thread entered last. */
    Next leave(Cpu cpu, KernelLock serializer);
}
