package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.SECOND;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.TopologySpec;
import dev.swtch.ule.kern.WatchedUle;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 512 threads that compute on one of 32 CPUs when the other 31 come up: only the balancer spreads them. */
class ManySpinnersTest {
    private static final int CPUS = 32;
    private static final int THREADS = 512;
    private static final long STEALS_OVER_NS = 3 * SECOND;
    private static final long LONGEST_NS = 700 * SECOND;

    private final WatchedUle ule = new WatchedUle();
    private long nowNs;

    /**
     * On the flat machine the crowded CPU empties as the model's does. Deviation: on four groups the whole takes as long,
     * but its parts do not; the length of a period and the searches draw from one generator.
     */
    @ParameterizedTest
    @CsvSource({"1x32x1,3840,80 219 347 410 456", "4x8x1,705,- - - - 456"})
    void one_thread_leaves_the_crowded_cpu_per_pass_until_the_balance_is_perfect(
            String machine, int moves, String seconds) {
        Simulation simulation = Simulation.boot(new RunRequest(
                "ule", ule, Map.of(), spinners(), TopologySpec.parse(machine), CostModel.zero(), LONGEST_NS, 1, false));
        simulation.advanceTo(STEALS_OVER_NS);
        assertEquals(THREADS - (CPUS - 1), ule.load(0), 2, "each of the other CPUs stole one when it came up");
        int[] milestones = {400, 256, 128, 64, THREADS / CPUS};
        String[] expected = seconds.split(" ");
        for (int i = 0; i < milestones.length; i++) {
            double found = untilLeft(simulation, milestones[i]);
            if (!expected[i].equals("-")) {
                assertWithin(0.05, Double.parseDouble(expected[i]), found, milestones[i] + " left, in seconds");
            }
        }
        for (int cpu = 0; cpu < CPUS; cpu++) {
            assertEquals(THREADS / CPUS, ule.load(cpu), 1, "load of a CPU");
        }
        assertWithin(0.05, 465, ule.balancerPasses(), "passes");
        assertWithin(0.05, moves, ule.balancerMoves(), "moves, those of odd threads included");
    }

    private double untilLeft(Simulation simulation, int threads) {
        nowNs = Math.max(nowNs, STEALS_OVER_NS);
        while (ule.load(0) > threads && nowNs < LONGEST_NS) {
            nowNs += SECOND / 10;
            simulation.advanceTo(nowNs);
        }
        return (double) nowNs / SECOND;
    }

    private static Workload spinners() {
        WorkloadBuilder builder = Workload.builder("spinners").cpuStart("0ms");
        for (int cpu = 1; cpu < CPUS; cpu++) {
            builder.cpuStart("1s");
        }
        return builder.threads("spinner", THREADS, t -> t.forever(b -> b.compute("1000s")))
                .build();
    }
}
