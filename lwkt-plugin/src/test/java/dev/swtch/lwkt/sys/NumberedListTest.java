package dev.swtch.lwkt.sys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A list by number does what a sorted map does. */
class NumberedListTest {
    @Test
    void answers_as_a_sorted_map_does_while_things_come_and_go() {
        Random random = new Random(7);
        NumberedList<String> list = new NumberedList<>();
        TreeMap<Long, String> map = new TreeMap<>();
        long last = 0;
        for (int i = 0; i < 20_000; i++) {
            long any = random.nextInt((int) last + 2) - 1;
            if (random.nextInt(100) < (i < 8_000 ? 70 : 30)) {
                last += 1 + random.nextInt(3);
                list.add(last, "thing " + last);
                map.put(last, "thing " + last);
            } else {
                Long chosen = map.higherKey(any);
                long number = chosen == null ? any : chosen;
                list.remove(number);
                map.remove(number);
            }
            assertEquals(map.size(), list.size());
            var next = map.higherEntry(any);
            assertEquals(next == null ? null : next.getValue(), list.next(any));
        }
    }
}
