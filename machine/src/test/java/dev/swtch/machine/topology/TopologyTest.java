package dev.swtch.machine.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
    @ParameterizedTest
    @CsvSource({
        "4, 1x4x1, 4",
        "2x8, 2x8x1, 16",
        "1x4x2, 1x4x2, 8",
        "2x8x2/llc=2, 2x8x2/llc=2, 32",
        "4x4x1/nodes=2, 4x4x1/nodes=2, 16",
        "' 2x8x2/nodes=2/llc=4 ', 2x8x2/llc=4/nodes=2, 32"
    })
    void reads_specifications_and_writes_them_back(String text, String canonical, int cpus) {
        Topology topology = TopologySpec.parse(text);
        assertThat(topology).hasToString(canonical);
        assertThat(topology.cpus()).isEqualTo(cpus);
        assertThat(TopologySpec.parse(canonical)).isEqualTo(topology);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "0", "1x0x1", "2x3x1/llc=2", "3x1x1/nodes=2", "1x2x3x4", "4/cpus=2", "1025", "64x64x64"
            })
    void refuses_what_is_no_machine(String text) {
        assertThatThrownBy(() -> TopologySpec.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void siblings_are_adjacent_and_distances_name_the_nearest_thing_shared() {
        Topology topology = TopologySpec.parse("4x4x2/llc=2/nodes=2");
        assertThat(topology.distance(5, 5)).isEqualTo(Distance.SELF);
        assertThat(topology.distance(0, 1)).isEqualTo(Distance.CORE);
        assertThat(topology.distance(1, 2)).isEqualTo(Distance.LLC);
        assertThat(topology.distance(3, 4)).isEqualTo(Distance.PACKAGE);
        assertThat(topology.distance(7, 8)).isEqualTo(Distance.NODE);
        assertThat(topology.distance(15, 16)).isEqualTo(Distance.REMOTE);
        for (int a = 0; a < topology.cpus(); a++) {
            for (int b = 0; b < topology.cpus(); b++) {
                assertThat(topology.distance(a, b)).isEqualTo(topology.distance(b, a));
            }
        }
    }

    @Test
    void the_tree_leaves_out_levels_that_hold_one_group_of_the_same_members() {
        assertThat(shape(TopologySpec.parse("4").tree())).isEqualTo("MACHINE(0-3)");
        assertThat(shape(TopologySpec.parse("1x2x2").tree())).isEqualTo("MACHINE(0-3)[CORE(0-1) CORE(2-3)]");
        assertThat(shape(TopologySpec.parse("2x2x1").tree())).isEqualTo("MACHINE(0-3)[PACKAGE(0-1) PACKAGE(2-3)]");
        assertThat(shape(TopologySpec.parse("2x4x1/llc=2/nodes=2").tree()))
                .isEqualTo("MACHINE(0-7)[NODE(0-3)[LLC(0-1) LLC(2-3)] NODE(4-7)[LLC(4-5) LLC(6-7)]]");
    }

    private static String shape(CpuGroup group) {
        StringBuilder text = new StringBuilder(group.level() + "(" + group.members() + ")");
        if (!group.children().isEmpty()) {
            text.append('[');
            text.append(String.join(
                    " ", group.children().stream().map(TopologyTest::shape).toList()));
            text.append(']');
        }
        return text.toString();
    }
}
