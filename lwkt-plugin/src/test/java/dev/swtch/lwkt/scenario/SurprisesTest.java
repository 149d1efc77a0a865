package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.Workload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What looks like a defect of DragonFly 3.6 is its default, and can be switched off. */
class SurprisesTest {
    private static final Workload MIXED = Workload.builder("mixed")
            .serializer("x")
            .device("nic", d -> d.threaded().handler("20us").every("700us"))
            .threads("hog", 3, t -> t.does(b -> b.compute("80ms")))
            .threads("pinned", 2, t -> t.affinity(1).does(b -> b.compute("30ms")))
            .threads(
                    "user",
                    3,
                    t -> t.loop(
                            20,
                            b -> b.serialized("x", in -> in.kernelWork("100us"))
                                    .compute("500us")
                                    .sleep("2ms")))
            .build();

    private static final Map<String, Long> FIXED = Map.of(
            "enqueue_by_upri", 1L,
            "resched_when_empty", 0L,
            "exclreq_blocks_shared", 1L,
            "pull_checks_cpumask", 1L,
            "fork_on_parent_cpu", 1L,
            "fork_without_waker", 1L);

    @Test
    void everything_runs_to_its_end_with_all_of_them_and_without() {
        for (Map<String, Long> tunables : List.of(Map.<String, Long>of(), FIXED)) {
            RunResult result = Lab.run("2", MIXED, 5_000, tunables);
            assertTrue(result.threads().stream().allMatch(thread -> thread.ended()));
        }
    }

    /** Q-5b: each hardclock of an idle CPU requests a reschedule for nothing, which is an idle turn more. */
    @Test
    void an_idle_cpu_makes_fewer_turns_if_no_reschedule_is_requested_for_an_empty_queue() {
        Workload idle = Workload.builder("idle")
                .thread("t", t -> t.does(b -> b.sleep("2s")))
                .build();
        RunResult seed = Lab.run("1", idle, 3_000);
        RunResult fixed = Lab.run("1", idle, 3_000, Map.of("resched_when_empty", 0L));
        assertTrue(fixed.cpus().kernelNs() <= seed.cpus().kernelNs());
    }

    @Test
    void a_cpu_beyond_the_limit_is_refused_with_its_name() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Lab.run("5x64x1", MIXED, 10));
        assertEquals("DragonFly runs on at most 256 CPUs (SMP_MAXCPU), the machine has 320", refused.getMessage());
    }
}
