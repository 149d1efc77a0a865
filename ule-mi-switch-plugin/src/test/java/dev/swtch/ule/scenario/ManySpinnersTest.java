package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.SECOND;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.TopologySpec;
import dev.swtch.ule.kern.WatchedUle;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 512 threads that compute on one of 32 CPUs when the other 31 come up: only the balancer spreads them. */
class ManySpinnersTest {
    private static final int CPUS = 32;
    private static final int THREADS = 512;
    private static final long LONGEST_NS = 700 * SECOND;

    @Test
    void one_thread_leaves_the_crowded_cpu_per_pass_until_the_balance_is_perfect() {
        WatchedUle ule = new WatchedUle();
        Simulation simulation = Simulation.boot(new RunRequest(
                "ule",
                ule,
                Map.of(),
                spinners(),
                TopologySpec.parse("1x32x1"),
                CostModel.zero(),
                LONGEST_NS,
                1,
                false));
        long now = 0;
        long[] milestones = {400, 256, 128, 64, 16};
        double[] seconds = new double[milestones.length];
        int reached = 0;
        while (reached < milestones.length && now < LONGEST_NS) {
            now += SECOND / 10;
            simulation.advanceTo(now);
            while (reached < milestones.length && ule.load(0) <= milestones[reached]) {
                seconds[reached++] = (double) now / SECOND;
            }
        }
        assertEquals(milestones.length, reached);
        for (int cpu = 0; cpu < CPUS; cpu++) {
            assertTrue(Math.abs(ule.load(cpu) - THREADS / CPUS) <= 1, "load of a CPU");
        }
        assertWithin(0.05, 465, ule.balancerPasses(), "passes");
        assertWithin(0.05, 3_840, ule.balancerMoves(), "moves, those of odd threads included");
        assertWithin(0.05, 80, seconds[0], "400 left");
        assertWithin(0.05, 219, seconds[1], "256 left");
        assertWithin(0.05, 347, seconds[2], "128 left");
        assertWithin(0.05, 410, seconds[3], "64 left");
        assertWithin(0.05, 456, seconds[4], "perfect balance");
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
