package dev.swtch.machine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventHeapTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void does_what_a_sorted_set_of_packed_events_does(int slots) {
        SplittableRandom random = new SplittableRandom(slots);
        EventHeap heap = new EventHeap(slots);
        TreeSet<Long> model = new TreeSet<>();
        long[] armedAt = new long[slots];
        java.util.Arrays.fill(armedAt, -1);
        for (int i = 0; i < 20_000; i++) {
            int slot = random.nextInt(slots);
            switch (random.nextInt(4)) {
                case 0 -> {
                    if (!model.isEmpty()) {
                        long event = heap.takeFirst();
                        assertThat(event).isEqualTo(model.pollFirst());
                        armedAt[EventHeap.slotOf(event)] = -1;
                    }
                }
                case 1 -> {
                    heap.cancel(slot);
                    model.remove(packed(armedAt[slot], slot));
                    armedAt[slot] = -1;
                }
                default -> {
                    long time = random.nextLong(50) * (random.nextInt(10) == 0 ? 1L << 35 : 1);
                    heap.arm(slot, time);
                    model.remove(packed(armedAt[slot], slot));
                    model.add(packed(time, slot));
                    armedAt[slot] = time;
                }
            }
            assertThat(heap.size()).isEqualTo(model.size());
            assertThat(heap.first()).isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.first());
            assertThat(heap.isArmed(slot)).isEqualTo(armedAt[slot] >= 0);
            if (armedAt[slot] >= 0) {
                assertThat(heap.timeOfSlot(slot)).isEqualTo(armedAt[slot]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64})
    void a_slot_armed_while_its_event_is_handled_stays_and_one_that_is_not_goes(int slots) {
        SplittableRandom random = new SplittableRandom(slots);
        EventHeap heap = new EventHeap(slots);
        TreeSet<Long> model = new TreeSet<>();
        long[] armedAt = new long[slots];
        for (int slot = 0; slot < slots; slot++) {
            heap.arm(slot, slot);
            model.add(packed(slot, slot));
            armedAt[slot] = slot;
        }
        for (int i = 0; i < 5_000 && !model.isEmpty(); i++) {
            long event = heap.beginFirst();
            assertThat(event).isEqualTo(model.pollFirst());
            int fired = EventHeap.slotOf(event);
            armedAt[fired] = -1;
            assertThat(heap.isArmed(fired)).isFalse();
            for (int n = random.nextInt(4); n > 0; n--) {
                int slot = random.nextInt(3) == 0 ? random.nextInt(slots) : fired;
                model.remove(packed(armedAt[slot], slot));
                if (random.nextInt(5) == 0) {
                    heap.cancel(slot);
                    armedAt[slot] = -1;
                } else {
                    long time = EventHeap.timeOf(event) + random.nextLong(20);
                    heap.arm(slot, time);
                    model.add(packed(time, slot));
                    armedAt[slot] = time;
                }
                assertThat(heap.isArmed(slot)).isEqualTo(armedAt[slot] >= 0);
            }
            heap.endFirst();
            assertThat(heap.size()).isEqualTo(model.size());
            assertThat(heap.first()).isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.first());
        }
    }

    @Test
    void equal_times_come_in_the_order_of_slots_whatever_the_order_of_arming() {
        EventHeap heap = new EventHeap(5);
        for (int slot : new int[] {3, 0, 4, 1, 2}) {
            heap.arm(slot, 7);
        }
        heap.arm(0, 9);
        heap.arm(0, 7);
        for (int slot = 0; slot < 5; slot++) {
            assertThat(EventHeap.slotOf(heap.takeFirst())).isEqualTo(slot);
        }
    }

    @Test
    void refuses_times_that_cannot_be_packed() {
        EventHeap heap = new EventHeap(1);
        heap.arm(0, EventHeap.TIME_LIMIT - 1);
        assertThat(EventHeap.timeOf(heap.first())).isEqualTo(EventHeap.TIME_LIMIT - 1);
        assertThatThrownBy(() -> heap.arm(0, EventHeap.TIME_LIMIT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> heap.arm(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long packed(long time, int slot) {
        return time << EventHeap.SLOT_BITS | slot;
    }
}
