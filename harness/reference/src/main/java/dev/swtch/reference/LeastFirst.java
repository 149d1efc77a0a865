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

        /** A thread is about to run; by default nobody looks. */
        default void chosen(RankedThread thread) {}

        /** A thread ran for a time in ns and is about to be enqueued, to block or to leave; by default nobody counts. */
        default void ran(RankedThread thread, long ranNs) {}

        /** Whether a thread takes the CPU from one that runs; by default never. */
        default boolean preempts(RankedThread enqueued, RankedThread running) {
            return false;
        }

        /** How long a thread runs in turn, in ns; by default as long as it wants. */
        default long sliceNs(RankedThread thread) {
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
        RankedThread chosen = ready.takeFor(cpu);
        if (chosen != null) {
            chosen.chosenNs = cpu.now();
            order.chosen(chosen);
        }
        return chosen;
    }

    @Override
    public void ran(SimpleThread thread, long ranNs) {
        order.ran((RankedThread) thread, ranNs);
    }

    @Override
    public boolean preempts(SimpleThread enqueued, SimpleThread running) {
        RankedThread comer = (RankedThread) enqueued;
        RankedThread loaded = (RankedThread) running;
        return order.preempts(comer, loaded) || isChoiceOfOneInstant(comer, loaded);
    }

    /**
     * Who comes at the instant at which another was just chosen would have been chosen, had it come first of the two: the
     * events of one instant have an order, but a textbook knows none. Until time passes the other has done no work.
     */
    private static boolean isChoiceOfOneInstant(RankedThread comer, RankedThread loaded) {
        return comer.readySince() <= loaded.chosenNs && comer.isBefore(comer.rank, loaded, loaded.rank);
    }

    @Override
    public long sliceNs(SimpleThread thread) {
        return order.sliceNs((RankedThread) thread);
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
