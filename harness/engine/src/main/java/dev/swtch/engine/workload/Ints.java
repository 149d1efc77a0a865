package dev.swtch.engine.workload;

import java.util.Arrays;

/** A growing list of ints for the compiler. */
final class Ints {
    private int[] items = new int[16];
    private int size;

    void add(int item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }

    void set(int index, int item) {
        items[index] = item;
    }

    int size() {
        return size;
    }

    int[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
