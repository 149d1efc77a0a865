package dev.swtch.spi.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineQueueTest {
    private record Entry(long deadline, KThread thread) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 100})
    void does_what_a_sorted_set_of_deadline_and_number_does(int threads) {
        SplittableRandom random = new SplittableRandom(threads);
        DeadlineQueue queue = new DeadlineQueue();
        TreeSet<Entry> model = new TreeSet<>(Comparator.comparingLong(Entry::deadline)
                .thenComparingInt(entry -> entry.thread().number()));
        Sleeper[] all = new Sleeper[threads];
        Entry[] entries = new Entry[threads];
        for (int i = 0; i < threads; i++) {
            all[i] = new Sleeper(i);
        }
        for (int i = 0; i < 20_000; i++) {
            int at = random.nextInt(threads);
            Entry entry = entries[at];
            if (random.nextInt(3) == 0) {
                long now = random.nextLong(40);
                boolean due = !model.isEmpty() && model.first().deadline() <= now;
                KThread expected = due ? model.pollFirst().thread() : null;
                assertThat(queue.pollDue(now)).isSameAs(expected);
                if (expected != null) {
                    entries[expected.number()] = null;
                }
            } else if (entry == null) {
                entries[at] = new Entry(random.nextLong(40), all[at]);
                model.add(entries[at]);
                queue.add(all[at], entries[at].deadline());
            } else {
                assertThat(queue.remove(all[at])).isTrue();
                assertThat(queue.remove(all[at])).isFalse();
                model.remove(entry);
                entries[at] = null;
            }
            assertThat(queue.firstDeadline())
                    .isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.first().deadline());
        }
    }

    private static final class Sleeper extends KThread {
        Sleeper(int number) {
            super(ThreadSpec.kernel(number, "sleeper/" + number, ThreadClass.KERNEL), null);
        }
    }
}
