package dev.swtch.ule.kern;

import dev.swtch.machine.topology.CpuSet;
import dev.swtch.ule.topo.CpuGroupNode;
import dev.swtch.ule.topo.CpuGroupTree;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** Reads a script's topology: {@code (NONE (L3 (L2/SMT 0-1) (L2/SMT 2-3)))}. */
final class TopologyLine {
    private final StringTokenizer tokens;
    private final int ncpus;

    private TopologyLine(String text, int ncpus) {
        tokens = new StringTokenizer(text, "() ", true);
        this.ncpus = ncpus;
    }

    static CpuGroupNode parse(String text) {
        int ncpus = 0;
        for (String word : text.replaceAll("[A-Z][A-Z0-9/]*", "").split("[^0-9]+")) {
            if (!word.isEmpty()) {
                ncpus = Math.max(ncpus, Integer.parseInt(word) + 1);
            }
        }
        TopologyLine line = new TopologyLine(text, ncpus);
        line.next();
        return line.group();
    }

    /** Reads {@code 0-3,8}. */
    static CpuSet cpus(String ranges, int ncpus) {
        CpuSet set = CpuSet.none(ncpus);
        for (String range : ranges.split(",")) {
            String[] ends = range.split("-");
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int cpu = Integer.parseInt(ends[0]); cpu <= last; cpu++) {
                set.add(cpu);
            }
        }
        return set;
    }

    private String next() {
        String token = tokens.nextToken();
        return token.equals(" ") ? next() : token;
    }

    private CpuGroupNode group() {
        String[] kind = next().split("/");
        int level = List.of("NONE", "L1", "L2", "L3").indexOf(kind[0]);
        int flags = kind.length == 1 ? 0 : flag(kind[1]);
        String token = next();
        if (!token.equals("(")) {
            next();
            return CpuGroupTree.leaf(level, flags, cpus(token, ncpus));
        }
        List<CpuGroupNode> children = new ArrayList<>();
        for (; token.equals("("); token = next()) {
            children.add(group());
        }
        return CpuGroupTree.group(level, flags, children);
    }

    private static int flag(String name) {
        return switch (name) {
            case "HTT" -> CpuGroupNode.CG_FLAG_HTT;
            case "SMT" -> CpuGroupNode.CG_FLAG_SMT;
            case "NODE" -> CpuGroupNode.CG_FLAG_NODE;
            default -> throw new IllegalArgumentException("unknown flag " + name);
        };
    }
}
