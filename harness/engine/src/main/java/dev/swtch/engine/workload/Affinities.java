package dev.swtch.engine.workload;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the affinity sets and the CPU numbers of a workload while it is compiled. */
final class Affinities {
    private final List<List<Integer>> known = new ArrayList<>();
    private final List<CpuUse> uses = new ArrayList<>();

    /** The index of a set of CPUs, -1 for the empty list, which means all. */
    int set(List<Integer> cpus, String user, @Nullable Place place) {
        if (cpus.isEmpty()) {
            return -1;
        }
        List<Integer> sorted = cpus.stream().distinct().sorted().toList();
        for (int cpu : sorted) {
            use(cpu, user, place);
        }
        int index = known.indexOf(sorted);
        if (index < 0) {
            known.add(sorted);
            index = known.size() - 1;
        }
        return index;
    }

    /** The index of the first of as many sets as there are CPUs, each with one of them. */
    int eachBySelf(List<Integer> cpus, String user, @Nullable Place place) {
        int first = known.size();
        for (int cpu : cpus) {
            use(cpu, user, place);
            known.add(List.of(cpu));
        }
        return first;
    }

    void use(int cpu, String user, @Nullable Place place) {
        CpuUse use = new CpuUse(cpu, user, place);
        if (!uses.contains(use)) {
            uses.add(use);
        }
    }

    List<int[]> sets() {
        return known.stream()
                .map(set -> set.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    List<CpuUse> uses() {
        return uses;
    }
}
