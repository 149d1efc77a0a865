package dev.swtch.reference;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.simple.ReadyReason;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Threads by rank, the least first, in the order of their coming among equals: a binary heap that each thread knows its
 * place in. A thread that was preempted keeps its turn.
 */
final class RankedQueue {
    private RankedThread[] heap = new RankedThread[16];
    private int size;
    private long comers;

    void add(Cpu cpu, RankedThread thread, ReadyReason reason) {
        cpu.charge(Charge.QUEUE_OP);
        if (reason != ReadyReason.PREEMPTED) {
            thread.came = comers++;
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        put(thread, size++);
        rise(thread.place);
    }

    /** Takes the first thread that may run on the CPU; null if there is none. Charged for each one looked at. */
    @Nullable
    RankedThread takeFor(Cpu cpu) {
        RankedThread best = null;
        for (int i = 0; i < size && (best == null || best.place > 0); i++) {
            cpu.charge(Charge.SCAN_ITEM);
            if (heap[i].mayRunOn(cpu.id()) && (best == null || isBefore(heap[i], best))) {
                best = heap[i];
            }
        }
        if (best != null) {
            remove(cpu, best);
        }
        return best;
    }

    void remove(Cpu cpu, RankedThread thread) {
        cpu.charge(Charge.QUEUE_OP);
        int hole = thread.place;
        RankedThread last = heap[--size];
        thread.place = -1;
        if (last != thread) {
            put(last, hole);
            rise(hole);
            sink(last.place);
        }
    }

    private void rise(int from) {
        int at = from;
        while (at > 0 && isBefore(heap[at], heap[(at - 1) / 2])) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    private void sink(int from) {
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isBefore(heap[child], heap[at])) {
                return;
            }
            swap(at, child);
            at = child;
        }
    }

    private void swap(int a, int b) {
        RankedThread thread = heap[a];
        put(heap[b], a);
        put(thread, b);
    }

    private void put(RankedThread thread, int place) {
        heap[place] = thread;
        thread.place = place;
    }

    private static boolean isBefore(RankedThread a, RankedThread b) {
        return a.isBefore(a.rank, b, b.rank) || !b.isBefore(b.rank, a, a.rank) && a.came < b.came;
    }
}
