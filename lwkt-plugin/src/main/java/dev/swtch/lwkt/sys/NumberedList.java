package dev.swtch.lwkt.sys;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Things in the order of their numbers, which only grow: a kernel's tree by id. Whoever walks it keeps the number of
 * the last one, so that any may leave meanwhile.
 *
 * @param <T> the things
 */
public final class NumberedList<T> {
    private static final int FIRST_CAPACITY = 4;

    private long[] numbers = new long[FIRST_CAPACITY];
    private @Nullable Object[] things = new Object[FIRST_CAPACITY];
    private int end;
    private int size;

    /** Makes an empty list. */
    public NumberedList() {}

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Appends a thing whose number is larger than all before it. */
    public void add(long number, T thing) {
        if (end == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * end);
            things = Arrays.copyOf(things, 2 * end);
        }
        numbers[end] = number;
        things[end++] = thing;
        size++;
    }

    /** Removes the thing of a number, if it is there. */
    public void remove(long number) {
        int at = firstAfter(number - 1);
        if (at < end && numbers[at] == number && things[at] != null) {
            things[at] = null;
            size--;
            if (size < end / 2) {
                closeGaps();
            }
        }
    }

    /** The thing with the smallest number above another; null if there is none. */
    @SuppressWarnings("unchecked")
    public @Nullable T next(long after) {
        int at = firstAfter(after);
        while (at < end && things[at] == null) {
            at++;
        }
        return at < end ? (T) things[at] : null;
    }

    private int firstAfter(long number) {
        int low = 0;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers[middle] <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void closeGaps() {
        int to = 0;
        for (int from = 0; from < end; from++) {
            if (things[from] != null) {
                numbers[to] = numbers[from];
                things[to++] = things[from];
            }
        }
        Arrays.fill(things, to, end, null);
        end = to;
    }
}
