package dev.swtch.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel stack of a context: frames and their locals in parallel arrays, grown by doubling.
 *
 * <p>Plugins push through {@link Cpu} and may ask for a back-trace; only the machine pops.
 */
public final class KernelStack {
    private static final int FIRST_CAPACITY = 4;

    private @Nullable Frame<?>[] frames = new Frame<?>[FIRST_CAPACITY];
    private @Nullable Object[] refs = new Object[FIRST_CAPACITY];
    private int[] ints = new int[FIRST_CAPACITY];
    private long[] longs = new long[FIRST_CAPACITY];
    private int depth;

    KernelStack() {}

    void push(Frame<?> frame, @Nullable Object ref, int a, long b) {
        int d = depth;
        if (d == ints.length) {
            grow();
        }
        frames[d] = frame;
        refs[d] = ref;
        ints[d] = a;
        longs[d] = b;
        depth = d + 1;
    }

    /** As {@link #push} without a reference: saves the write barrier; the slot keeps what it last held. */
    void push(Frame<?> frame, int a, long b) {
        int d = depth;
        if (d == ints.length) {
            grow();
        }
        frames[d] = frame;
        ints[d] = a;
        longs[d] = b;
        depth = d + 1;
    }

    Next pop(Cpu cpu) {
        int d = depth - 1;
        Frame<?> frame = d < 0 ? null : frames[d];
        if (frame == null) {
            throw cpu.violation("stack-underflow", "a path returned below the bottom of its kernel stack");
        }
        depth = d;
        return frame.resume(cpu, refs[d], ints[d], longs[d]);
    }

    @Nullable
    Frame<?> top() {
        return depth == 0 ? null : frames[depth - 1];
    }

    void reset() {
        Arrays.fill(refs, 0, refs.length, null);
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
            names.add(String.valueOf(frames[i]));
        }
        return names;
    }

    private void grow() {
        int capacity = ints.length * 2;
        frames = Arrays.copyOf(frames, capacity);
        refs = Arrays.copyOf(refs, capacity);
        ints = Arrays.copyOf(ints, capacity);
        longs = Arrays.copyOf(longs, capacity);
    }
}
