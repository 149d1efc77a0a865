package dev.swtch.reference;

import dev.swtch.machine.Cpu;
import dev.swtch.spi.simple.Policy;
import dev.swtch.spi.simple.ReadyReason;
import dev.swtch.spi.simple.SimpleThread;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadSpec;
import org.jspecify.annotations.Nullable;

/** One queue for all CPUs, in an order: what is left of a policy to say is by what number threads go. */
final class LeastFirst implements Policy {
    private final RankedQueue ready = new RankedQueue();
    private final Order order;

    LeastFirst(Order order) {
        this.order = order;
    }

    /** By what number threads go, the least first, among those that are equally urgent. */
    interface Order {
        /** The number of a thread that is enqueued; {@link RankedThread#rank} still holds the last one. */
        long rank(RankedThread thread, ReadyReason reason);

        /** Whether a thread takes the CPU from one that runs; by default never. */
        default boolean preempts(RankedThread enqueued, RankedThread running) {
            return false;
        }

        /** How long a thread runs in turn, in ns; by default as long as it wants. */
        default long sliceNs() {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public RankedThread thread(ThreadSpec spec, @Nullable ThreadBody body) {
        return new RankedThread(spec, body);
    }

    @Override
    public int enqueue(Cpu cpu, SimpleThread thread, ReadyReason reason) {
        RankedThread ranked = (RankedThread) thread;
        ranked.rank = order.rank(ranked, reason);
        ready.add(cpu, ranked, reason);
        return ANY_CPU;
    }

    @Override
    public @Nullable SimpleThread pick(Cpu cpu) {
        return ready.takeFor(cpu);
    }

    @Override
    public boolean preempts(SimpleThread enqueued, SimpleThread running) {
        return order.preempts((RankedThread) enqueued, (RankedThread) running);
    }

    @Override
    public long sliceNs(SimpleThread thread) {
        return order.sliceNs();
    }

    @Override
    public void dequeue(Cpu cpu, SimpleThread thread) {
        ready.remove(cpu, (RankedThread) thread);
    }

    @Override
    public boolean holds(SimpleThread thread) {
        return thread instanceof RankedThread ranked && ranked.place >= 0;
    }
}
