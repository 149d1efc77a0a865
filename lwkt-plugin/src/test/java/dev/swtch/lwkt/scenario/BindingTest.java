package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.Workload;
import org.junit.jupiter.api.Test;

/** Where threads may run (DragonFly 3.6, sys/kern/kern_usched.c and {@code lwkt_migratecpu}). */
class BindingTest {
    @Test
    void a_thread_bound_twice_is_free_again_after_one_unbind() {
        RunResult result = Lab.run(
                "4",
                Workload.builder("nested")
                        .thread(
                                "t",
                                t -> t.does(b -> b.bind(1)
                                        .bind(2)
                                        .kernelWork("1ms")
                                        .unbind()
                                        .compute("100ms")))
                        .thread("one", t -> t.realtime(1).affinity(1).does(b -> b.compute("500ms")))
                        .thread(
                                "two",
                                t -> t.realtime(1)
                                        .affinity(2)
                                        .does(b -> b.sleep("10ms").compute("500ms")))
                        .build(),
                1_000);
        assertTrue(Lab.thread(result, "t").endNs() < 150 * Lab.MS, Lab.thread(result, "t")::toString);
    }

    @Test
    void a_set_of_cpus_given_to_a_bound_thread_counts_from_the_unbind_on() {
        RunResult result = Lab.run(
                "4",
                Workload.builder("affinity")
                        .thread(
                                "t",
                                t -> t.affinity(0)
                                        .does(b -> b.compute("1ms")
                                                .bind(1)
                                                .setAffinity(3)
                                                .kernelWork("1ms")
                                                .unbind()
                                                .compute("1ms")))
                        .build(),
                1_000);
        assertEquals(2, Lab.thread(result, "t").migrations(), "to CPU 1, then to CPU 3");
    }
}
