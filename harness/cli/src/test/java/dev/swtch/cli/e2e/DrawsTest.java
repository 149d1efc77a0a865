package dev.swtch.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.swtch.engine.discovery.FoundPlugin;
import dev.swtch.engine.discovery.Plugins;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.run.RunRequest;
import dev.swtch.engine.run.Simulation;
import dev.swtch.engine.workload.ArrivalProcess;
import dev.swtch.engine.workload.ArrivalTarget;
import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.Op;
import dev.swtch.engine.workload.Program;
import dev.swtch.engine.workload.StepHash;
import dev.swtch.engine.workload.Streams;
import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.TopologySpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The same work for every scheduler, draw by draw: what a thread draws is worked out here without any run, from the seed,
 * its path and the step alone, and every prefix of it that a run gets to is compared.
 */
class DrawsTest {
    private static final long MS = 1_000_000;
    private static final long SEED = 11;

    private static Workload workload() {
        return Workload.builder("draws")
                .seed(SEED)
                .threads(
                        "worker",
                        3,
                        t -> t.forever(b -> b.compute(Dist.exponential("1ms"))
                                .sleep(Dist.uniform("100us", "900us"))
                                .compute(Dist.choice(1, "50us").or(3, "2ms"))))
                .thread("hog", t -> t.forever(b -> b.compute(Dist.uniform("3ms", "9ms"))))
                .onDemand("request", t -> t.does(b -> b.compute(Dist.exponential("400us"))))
                .arrivals(
                        "clients",
                        new ArrivalProcess.Renewal(Dist.exponential("2ms")),
                        new ArrivalTarget.Fork("request"))
                .build();
    }

    private static RunResult run(FoundPlugin plugin, Workload workload, long endNs, CostModel costs) {
        RunResult result = Simulation.run(new RunRequest(
                plugin.id(), plugin.plugin(), Map.of(), workload, TopologySpec.parse("2"), costs, endNs, SEED, true));
        assertThat(result.fault()).isNull();
        return result;
    }

    @Test
    void every_draw_is_what_the_seed_the_path_and_the_step_say() {
        Workload workload = workload();
        Map<String, Long> comparedSteps = new HashMap<>();
        for (FoundPlugin plugin :
                Plugins.find(DrawsTest.class.getClassLoader(), null, false).all()) {
            for (long endNs : List.of(17 * MS, 60 * MS, 400 * MS)) {
                RunResult result = run(plugin, workload, endNs, CostModel.defaults());
                for (ThreadResult thread : result.threads()) {
                    assertThat(thread.stepHash())
                            .as(thread.path() + " after " + thread.steps() + " steps under " + plugin.id())
                            .isEqualTo(predicted(workload, thread.path(), thread.steps()));
                    comparedSteps.merge(thread.path(), thread.steps(), Math::max);
                }
            }
        }
        assertThat(comparedSteps.get("worker/2")).isGreaterThan(100);
        assertThat(comparedSteps).containsKey("clients>request/99");
    }

    @Test
    void another_seed_path_or_step_draws_otherwise() {
        Workload workload = workload();
        assertThat(predicted(workload, "worker/0", 9)).isNotEqualTo(predicted(workload, "worker/1", 9));
        assertThat(predicted(workload, "worker/0", 9)).isNotEqualTo(predicted(workload, "worker/0", 10));
        assertThat(predicted(workload, "worker/0", 9)).isNotEqualTo(predicted(workload.withSeed(12), "worker/0", 9));
    }

    /** The hash over the first steps of a thread, its draws one after another. */
    private static long predicted(Workload workload, String path, long steps) {
        ThreadEntry entry = entryOf(workload, path);
        Program program = workload.programOf(entry);
        long[] registers = new long[program.registers()];
        long key = keyOf(workload, path, entry);
        long hash = StepHash.START;
        int[] code = program.code();
        int pc = 0;
        for (long step = 0; step < steps; ) {
            switch (code[pc]) {
                case Op.COMPUTE, Op.SLEEP -> {
                    hash = StepHash.add(hash, pc, program.value(code[pc + 1], key, registers, 0));
                    step++;
                    pc += 2;
                }
                case Op.LOOP_BEGIN -> pc += 4;
                case Op.LOOP_END -> pc = code[pc + 2];
                case Op.EXIT -> {
                    hash = StepHash.add(hash, pc, 0);
                    step++;
                }
                default -> throw new IllegalStateException("step " + code[pc]);
            }
        }
        return hash;
    }

    private static ThreadEntry entryOf(Workload workload, String path) {
        String name = path.startsWith("clients>") ? "request" : path;
        return workload.threads().stream()
                .filter(entry -> entry.path().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The stream key: of the seed and the path, or of what arrives and its number. */
    private static long keyOf(Workload workload, String path, ThreadEntry entry) {
        if (!path.startsWith("clients>")) {
            return Streams.key(workload.seed(), path);
        }
        long number = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
        long arrivals = Streams.key(workload.seed(), "arrivals:clients");
        return Streams.childKey(arrivals, workload.threads().indexOf(entry), number);
    }
}
