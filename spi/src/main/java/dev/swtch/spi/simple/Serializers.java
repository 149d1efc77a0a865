package dev.swtch.spi.simple;

import static dev.swtch.spi.simple.FifoBlocking.current;
import static dev.swtch.spi.simple.FifoBlocking.links;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.block.KernelLock;
import dev.swtch.spi.thread.KThread;

/** The serializers of {@link FifoBlocking}, and blocking, which drops them. */
final class Serializers {
    private final FifoBlocking.Sleeper sleeper;

    private final Frame<Object> blockNow = new Frame<>("BLOCK_NOW", (cpu, ref, a, b) -> blockNow(cpu));
    private final Frame<Object> acquire = new Frame<>("SERIALIZERS_ACQUIRE", (cpu, ref, a, b) -> acquire(cpu));
    private final Frame<Object> dropMore = new Frame<>("SERIALIZERS_DROP", (cpu, ref, from, b) -> drop(cpu, from));
    private final Frame<FifoLock> leftMore = new Frame<>("SERIALIZER_LEFT", (cpu, lock, a, b) -> wakeAll(cpu, lock));

    Serializers(FifoBlocking.Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    /** The current thread blocks; the serializers it has entered are dropped before and acquired afterwards. */
    Next block(Cpu cpu) {
        if (links(current(cpu)).entered == 0) {
            return sleeper.block(cpu);
        }
        cpu.push(acquire);
        cpu.push(blockNow);
        return drop(cpu, 0);
    }

    private Next blockNow(Cpu cpu) {
        return sleeper.block(cpu);
    }

    Next enter(Cpu cpu, KernelLock serializer) {
        links(current(cpu)).enter(FifoLock.of(serializer));
        return acquire(cpu);
    }

    Next leave(Cpu cpu, KernelLock serializer) {
        FifoLock lock = FifoLock.of(serializer);
        KThread thread = current(cpu);
        if (lock.owner != thread || !links(thread).leave(lock)) {
            throw cpu.violation(
                    "serializer-order", thread.name() + " leaves " + serializer.name() + ", not entered last");
        }
        cpu.charge(Charge.ATOMIC);
        if (links(thread).hasEntered(lock)) {
            return Next.RETURN;
        }
        lock.owner = null;
        return wakeAll(cpu, lock);
    }

    /** Takes all serializers the current thread has entered, or waits for the first that another holds. */
    private Next acquire(Cpu cpu) {
        KThread thread = current(cpu);
        WaitLinks links = links(thread);
        cpu.charge(Charge.ATOMIC, links.entered);
        for (int i = 0; i < links.entered; i++) {
            FifoLock lock = links.lock(i);
            if (lock.owner != null && lock.owner != thread) {
                cpu.charge(Charge.QUEUE_OP);
                lock.waiters.add(thread);
                cpu.push(acquire);
                cpu.push(blockNow);
                return drop(cpu, 0);
            }
        }
        for (int i = 0; i < links.entered; i++) {
            links.lock(i).owner = thread;
        }
        return Next.RETURN;
    }

    private Next drop(Cpu cpu, int from) {
        KThread thread = current(cpu);
        WaitLinks links = links(thread);
        for (int i = from; i < links.entered; i++) {
            FifoLock lock = links.lock(i);
            if (lock.owner == thread) {
                cpu.charge(Charge.ATOMIC);
                lock.owner = null;
                if (!lock.waiters.isEmpty()) {
                    cpu.push(dropMore, i + 1, 0);
                    return wakeAll(cpu, lock);
                }
            }
        }
        return Next.RETURN;
    }

    private Next wakeAll(Cpu cpu, FifoLock lock) {
        KThread waiter = lock.waiters.takeFirst();
        if (waiter == null) {
            return Next.RETURN;
        }
        cpu.charge(Charge.QUEUE_OP);
        cpu.push(leftMore, lock);
        return sleeper.ready(cpu, waiter);
    }
}
