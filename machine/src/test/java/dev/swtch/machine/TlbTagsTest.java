package dev.swtch.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TlbTagsTest {
    @Test
    void holds_the_six_used_last() {
        SplittableRandom random = new SplittableRandom(1);
        TlbTags tags = new TlbTags();
        ArrayDeque<Integer> model = new ArrayDeque<>();
        for (int i = 0; i < 5_000; i++) {
            int id = random.nextInt(10);
            if (random.nextInt(8) == 0) {
                tags.forget(id);
                model.removeFirstOccurrence(id);
            } else {
                assertThat(tags.use(id)).isEqualTo(model.removeFirstOccurrence(id));
                model.addFirst(id);
                if (model.size() > 6) {
                    model.removeLast();
                }
            }
        }
    }
}
