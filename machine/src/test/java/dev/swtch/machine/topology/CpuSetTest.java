package dev.swtch.machine.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuSetTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 128, 200})
    void does_what_a_bit_set_does(int capacity) {
        SplittableRandom random = new SplittableRandom(capacity);
        CpuSet set = CpuSet.none(capacity);
        BitSet model = new BitSet();
        for (int i = 0; i < 2_000; i++) {
            int cpu = random.nextInt(capacity);
            switch (random.nextInt(5)) {
                case 0 -> {
                    set.remove(cpu);
                    model.clear(cpu);
                }
                case 1 -> {
                    int second = random.nextInt(capacity);
                    CpuSet other = CpuSet.of(capacity, cpu, second);
                    assertThat(set.intersects(other)).isEqualTo(model.get(cpu) || model.get(second));
                    set.removeAll(other);
                    for (int c = other.first(); c >= 0; c = other.next(c + 1)) {
                        model.clear(c);
                    }
                }
                default -> {
                    set.add(cpu);
                    model.set(cpu);
                }
            }
            assertThat(set.contains(cpu)).isEqualTo(model.get(cpu));
            assertThat(set.size()).isEqualTo(model.cardinality());
            assertThat(set.isEmpty()).isEqualTo(model.isEmpty());
            assertThat(set.next(cpu)).isEqualTo(model.nextSetBit(cpu));
        }
    }

    @Test
    void all_has_every_cpu_and_no_more() {
        for (int capacity : new int[] {1, 63, 64, 65, 128}) {
            assertThat(CpuSet.all(capacity).size()).isEqualTo(capacity);
        }
    }

    @Test
    void is_written_as_ranges() {
        assertThat(CpuSet.of(70, 0, 1, 2, 5, 68, 69)).hasToString("0-2,5,68-69");
        assertThat(CpuSet.none(4)).hasToString("");
        assertThat(CpuSet.all(64)).hasToString("0-63");
    }

    @Test
    void a_copy_changes_on_its_own() {
        CpuSet set = CpuSet.of(8, 1, 2);
        CpuSet copy = set.copy();
        copy.add(7);
        assertThat(set).isEqualTo(CpuSet.of(8, 1, 2)).hasSameHashCodeAs(CpuSet.of(8, 2, 1));
        copy.retain(CpuSet.of(8, 2, 7));
        assertThat(copy).isEqualTo(CpuSet.of(8, 2, 7));
    }
}
