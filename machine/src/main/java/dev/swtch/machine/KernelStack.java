package dev.swtch.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel stack of a context: frames and their locals, in slots that are made once and used again.
 *
 * <p>Plugins push through {@link Cpu} and may ask for a back-trace; only the machine pops.
 */
public final class KernelStack {
    private static final int FIRST_CAPACITY = 4;

    private Slot[] slots = new Slot[0];
    private int depth;

    KernelStack() {
        grow(FIRST_CAPACITY);
    }

    void push(Frame<?> frame, @Nullable Object ref, int a, long b) {
        Slot slot = next();
        slot.frame = frame;
        slot.ref = ref;
        slot.a = a;
        slot.b = b;
    }

    /** As {@link #push} without a reference: saves the write barrier; the slot keeps what it last held. */
    void push(Frame<?> frame, int a, long b) {
        Slot slot = next();
        slot.frame = frame;
        slot.a = a;
        slot.b = b;
    }

    private Slot next() {
        int d = depth;
        if (d == slots.length) {
            grow(2 * d);
        }
        depth = d + 1;
        return slots[d];
    }

    Next pop(Cpu cpu) {
        int d = depth - 1;
        if (d < 0) {
            throw cpu.violation("stack-underflow", "a path returned below the bottom of its kernel stack");
        }
        depth = d;
        Slot slot = slots[d];
        return slot.frame.resume(cpu, slot.ref, slot.a, slot.b);
    }

    @Nullable
    Frame<?> top() {
        return depth == 0 ? null : slots[depth - 1].frame;
    }

    void reset() {
        for (Slot slot : slots) {
            slot.ref = null;
        }
        depth = 0;
    }

    /** Number of frames. */
    public int depth() {
        return depth;
    }

    /** Names of the frames, innermost first. */
    public List<String> backTrace() {
        List<String> names = new ArrayList<>();
        for (int i = depth - 1; i >= 0; i--) {
            names.add(slots[i].frame.toString());
        }
        return names;
    }

    private void grow(int capacity) {
        int made = slots.length;
        slots = Arrays.copyOf(slots, capacity);
        for (int i = made; i < capacity; i++) {
            slots[i] = new Slot();
        }
    }

    /** One frame and its locals: an object of its own, so that a push checks one bound and touches one cache line. */
    private static final class Slot {
        private static final Frame<Object> UNUSED = new Frame<>("unused", (cpu, ref, a, b) -> {
            throw cpu.violation("unused-frame", "a slot of a kernel stack was resumed that nobody pushed");
        });

        private Frame<?> frame = UNUSED;
        private @Nullable Object ref;
        private int a;
        private long b;
    }
}
