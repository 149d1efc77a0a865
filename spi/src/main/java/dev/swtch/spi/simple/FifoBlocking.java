package dev.swtch.spi.simple;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.block.KernelLock;
import dev.swtch.spi.block.WaitChannel;
import dev.swtch.spi.thread.KThread;

/**
 * Waiting in plain first-in, first-out queues, for a plugin whose kernel has no means of its own.
 *
 * <ul>
 *   <li>Channels: the longest waiter is woken first; a timeout takes a waiter out of the queue.
 *   <li>Kernel mutexes: a release hands the mutex to the longest waiter, so nobody overtakes.
 *   <li>Serializers: a thread drops all it has entered when it blocks, for whatever reason, and goes on only when it
 *       has them all again at once; until then it waits, holding none, for the first that is taken. A release wakes
 *       all waiters in order and the first to run takes it. Preemption drops nothing. This is simpler than any
 *       kernel's tokens and cannot deadlock.
 * </ul>
 *
 * <p>The plugin's thread class implements {@link Waiter}, so that nothing is allocated per wait, and the plugin says by
 * {@link Sleeper} how a thread blocks and wakes.
 */
public final class FifoBlocking implements BlockContract {
    private final Sleeper sleeper;
    private final Serializers serializers;

    private final Frame<WaitChannel> wakeMore =
            new Frame<>("WAKE_MORE", (cpu, channel, count, b) -> wakeMore(cpu, channel, count));

    /** Waiting for threads that block and wake as the sleeper says. */
    public FifoBlocking(Sleeper sleeper) {
        this.sleeper = sleeper;
        this.serializers = new Serializers(sleeper);
    }

    // ---- sleeping and channels ----------------------------------------------------------------------------------

    @Override
    public Next sleep(Cpu cpu, long ns) {
        if (ns <= 0) {
            return Next.RETURN;
        }
        sleeper.startTimeout(cpu, current(cpu), deadline(cpu, ns));
        return block(cpu);
    }

    @Override
    public Next await(Cpu cpu, WaitChannel channel, long timeoutNs) {
        KThread thread = current(cpu);
        cpu.charge(Charge.QUEUE_OP);
        WaitQueue.of(channel).add(thread);
        if (timeoutNs != FOREVER) {
            sleeper.startTimeout(cpu, thread, deadline(cpu, timeoutNs));
        }
        return block(cpu);
    }

    @Override
    public Next wake(Cpu cpu, WaitChannel channel, int count) {
        return wakeMore(cpu, channel, Math.min(count, WaitQueue.of(channel).size()));
    }

    private Next wakeMore(Cpu cpu, WaitChannel channel, int count) {
        if (count > 0 && cpu.pathIsLong()) {
            cpu.push(wakeMore, channel, count, 0);
            return cpu.park();
        }
        KThread thread = count > 0 ? WaitQueue.of(channel).takeFirst() : null;
        if (thread == null) {
            return Next.RETURN;
        }
        cpu.charge(Charge.QUEUE_OP);
        sleeper.cancelTimeout(cpu, thread);
        if (count > 1) {
            cpu.push(wakeMore, channel, count - 1, 0);
        }
        return sleeper.ready(cpu, thread);
    }

    /** A thread's timeout has passed: takes it out of its queue. The plugin makes it runnable afterwards. */
    public void timedOut(Cpu cpu, KThread thread) {
        if (links(thread).queue != null) {
            cpu.charge(Charge.QUEUE_OP);
            WaitQueue.removeFromItsQueue(thread);
        }
    }

    /** The current thread blocks; the serializers it has entered are dropped before and acquired afterwards. */
    public Next block(Cpu cpu) {
        return serializers.block(cpu);
    }

    private static long deadline(Cpu cpu, long ns) {
        long deadline = cpu.now() + ns;
        return deadline < 0 ? Long.MAX_VALUE : deadline;
    }

    // ---- kernel mutexes -----------------------------------------------------------------------------------------

    @Override
    public Next lock(Cpu cpu, KernelLock mutex) {
        FifoLock lock = FifoLock.of(mutex);
        KThread thread = current(cpu);
        cpu.charge(Charge.ATOMIC);
        if (lock.owner == null) {
            lock.owner = thread;
            return Next.RETURN;
        }
        if (lock.owner == thread) {
            throw cpu.violation("mutex-recursion", thread.name() + " locks " + mutex.name() + ", which it holds");
        }
        cpu.charge(Charge.QUEUE_OP);
        lock.waiters.add(thread);
        return block(cpu);
    }

    @Override
    public Next unlock(Cpu cpu, KernelLock mutex) {
        FifoLock lock = FifoLock.of(mutex);
        if (lock.owner != current(cpu)) {
            throw cpu.violation("mutex-owner", current(cpu).name() + " unlocks " + mutex.name() + ", not holding it");
        }
        cpu.charge(Charge.ATOMIC);
        KThread heir = lock.waiters.takeFirst();
        lock.owner = heir;
        if (heir == null) {
            return Next.RETURN;
        }
        cpu.charge(Charge.QUEUE_OP);
        return sleeper.ready(cpu, heir);
    }

    // ---- serializers --------------------------------------------------------------------------------------------

    @Override
    public Next enter(Cpu cpu, KernelLock serializer) {
        return serializers.enter(cpu, serializer);
    }

    @Override
    public Next leave(Cpu cpu, KernelLock serializer) {
        return serializers.leave(cpu, serializer);
    }

    // ---- threads ------------------------------------------------------------------------------------------------

    static KThread current(Cpu cpu) {
        return (KThread) cpu.current();
    }

    static WaitLinks links(KThread thread) {
        return ((Waiter) thread).waitLinks();
    }

    /** What the plugin's thread class implements: it holds one {@link WaitLinks}, made with the thread. */
    public interface Waiter {
        /** The thread's place in queues; always the same object. */
        WaitLinks waitLinks();
    }

    /** How threads of the plugin block and wake; called on the CPU that executes. */
    public interface Sleeper {
        /**
         * The current thread is reported blocked and gives up its CPU until {@link #ready}; if that came since it was
         * last ready, it goes on at once.
         */
        Next block(Cpu cpu);

        /** A thread's wait is over: it is reported runnable; may preempt the caller. */
        Next ready(Cpu cpu, KThread thread);

        /** From a deadline in ns on, the plugin calls {@link FifoBlocking#timedOut} and makes the thread runnable. */
        void startTimeout(Cpu cpu, KThread thread, long deadlineNs);

        /** The thread's wait ended before its deadline; nothing happens if it had none. */
        void cancelTimeout(Cpu cpu, KThread thread);
    }
}
