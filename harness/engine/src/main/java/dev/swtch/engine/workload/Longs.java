package dev.swtch.engine.workload;

import java.util.Arrays;

/** A growing list of longs for the compiler. */
final class Longs {
    private long[] items = new long[8];
    private int size;

    void add(long item) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = item;
    }

    /** The index of an item, added if it was not there. */
    int intern(long item) {
        for (int i = 0; i < size; i++) {
            if (items[i] == item) {
                return i;
            }
        }
        add(item);
        return size - 1;
    }

    int size() {
        return size;
    }

    long[] toArray() {
        return Arrays.copyOf(items, size);
    }
}
