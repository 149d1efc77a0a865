package dev.swtch.ule.topo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.swtch.machine.topology.Topology;
import dev.swtch.machine.topology.TopologySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CpuGroupTreeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1x1x1 | (0 0 0)",
                "1x4x1 | (0 0 (2 0 0)(2 0 1)(2 0 2)(2 0 3))",
                "1x2x2 | (0 0 (2 2 0-1)(2 2 2-3))",
                "2x2x1 | (0 0 (3 0 (2 0 0)(2 0 1))(3 0 (2 0 2)(2 0 3)))",
                "2x2x2/nodes=2 | (0 0 (3 4 (2 2 0-1)(2 2 2-3))(3 4 (2 2 4-5)(2 2 6-7)))",
                "2x2x1/llc=2/nodes=2 | (0 0 (0 4 (3 0 0)(3 0 1))(0 4 (3 0 2)(3 0 3)))"
            })
    void a_machine_becomes_the_tree_the_kernel_builds(String spec, String tree) {
        assertEquals(tree, text(CpuGroupTree.of(TopologySpec.parse(spec))));
    }

    @ParameterizedTest
    @CsvSource({"0", "5", "7"})
    void a_cpu_finds_its_leaf(int cpu) {
        CpuGroupNode top = CpuGroupTree.of(Topology.of(2, 2, 2));
        CpuGroupNode leaf = top.find(cpu);
        assertEquals(2, leaf.count());
        assertSame(leaf, top.child(cpu / 4).child(cpu / 2 % 2));
    }

    private static String text(CpuGroupNode group) {
        StringBuilder text = new StringBuilder("(" + group.level() + " " + flags(group) + " ");
        for (int i = 0; i < group.childCount(); i++) {
            text.append(text(group.child(i)));
        }
        return text.append(group.childCount() == 0 ? group.members().toString() : "")
                .append(')')
                .toString();
    }

    private static int flags(CpuGroupNode group) {
        return (group.isThreadGroup() ? CpuGroupNode.CG_FLAG_SMT : 0)
                | (group.isNode() ? CpuGroupNode.CG_FLAG_NODE : 0);
    }
}
