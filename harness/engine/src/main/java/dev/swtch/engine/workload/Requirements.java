package dev.swtch.engine.workload;

import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.cost.Delay;
import dev.swtch.machine.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a workload requires of the machine it runs on.
 *
 * @param leastCpus fewest CPUs, at least 1
 * @param mostCpus most CPUs
 * @param numa whether it needs several memory nodes, or needs that there is one; null if it does not matter
 * @param smt whether it needs cores with several threads, or needs that there is none; null if it does not matter
 * @param zeroCosts whether the kernel's work must cost nothing
 * @param place where it was written, or null
 */
public record Requirements(
        int leastCpus,
        int mostCpus,
        @Nullable Boolean numa,
        @Nullable Boolean smt,
        boolean zeroCosts,
        @Nullable Place place) {
    /** Any machine will do. */
    public static final Requirements NONE = new Requirements(1, Integer.MAX_VALUE, null, null, false, null);

    /** Whether any machine will do. */
    public boolean isNone() {
        return leastCpus <= 1 && mostCpus == Integer.MAX_VALUE && numa == null && smt == null && !zeroCosts;
    }

    /**
     * What a machine lacks, in one message that names the options of {@code swtch compare} that would do; empty if it
     * meets all.
     */
    public Optional<Diagnostic> unmet(Topology topology, CostModel costs) {
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        List<String> options = new ArrayList<>();
        if (topology.cpus() < leastCpus || topology.cpus() > mostCpus) {
            expected.add(cpus());
            found.add(topology.cpus() + (topology.cpus() == 1 ? " CPU" : " CPUs"));
        }
        if (numa != null && numa != topology.nodes() > 1) {
            expected.add(numa ? "several nodes" : "one node");
            found.add(topology.nodes() == 1 ? "one" : topology.nodes() + " nodes");
        }
        if (smt != null && smt != topology.smt() > 1) {
            expected.add(smt ? "SMT" : "no SMT");
            found.add(topology.smt() == 1 ? "no SMT" : "SMT");
        }
        if (!expected.isEmpty()) {
            options.add("--cpus " + machine(leastCpus));
        }
        if (zeroCosts && !isFree(costs)) {
            expected.add("zero costs");
            found.add(costs.name() + " costs");
            options.add("--costs zero");
        }
        return expected.isEmpty()
                ? Optional.empty()
                : Optional.of(new Diagnostic(
                        place,
                        "the workload requires another machine",
                        String.join(" and ", expected) + " (" + String.join(" ", options) + ")",
                        String.join(" and ", found),
                        null));
    }

    private String cpus() {
        if (leastCpus == mostCpus) {
            return "exactly " + leastCpus + (leastCpus == 1 ? " CPU" : " CPUs");
        }
        return mostCpus == Integer.MAX_VALUE ? "at least " + leastCpus + " CPUs" : "at most " + mostCpus + " CPUs";
    }

    /**
     * A machine that meets what is required of the CPUs, as a specification; if no machine does, one that comes close.
     *
     * @param cpus how many CPUs it has if that meets it, at least 1
     */
    public String machine(int cpus) {
        int count = Math.max(leastCpus, Math.min(mostCpus, cpus));
        int threads = Boolean.TRUE.equals(smt) ? 2 : 1;
        int packages = Boolean.TRUE.equals(numa) ? 2 : 1;
        int cores = Math.max(1, (count + threads * packages - 1) / (threads * packages));
        return packages + "x" + cores + "x" + threads + (packages > 1 ? "/nodes=" + packages : "");
    }

    /** No dearer than the zero profile, in which a CPU that looks in a loop still needs time. */
    private static boolean isFree(CostModel costs) {
        CostModel zero = CostModel.zero();
        return Arrays.stream(Charge.values()).allMatch(charge -> costs.price(charge) <= zero.price(charge))
                && Arrays.stream(Delay.values()).allMatch(delay -> costs.delay(delay) <= zero.delay(delay));
    }
}
