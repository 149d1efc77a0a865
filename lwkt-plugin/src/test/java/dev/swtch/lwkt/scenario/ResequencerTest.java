package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.Workload;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** SW-15: the resequencer of contended switches (DragonFly 3.6, sys/kern/lwkt_thread.c, lines 819 to 854). */
class ResequencerTest {
    private static RunResult contended(Map<String, Long> tunables) {
        return Lab.run(
                "4",
                Workload.builder("sw15")
                        .serializer("x")
                        .thread("holder", t -> t.affinity(0).does(b -> b.serialized("x", in -> in.kernelWork("8ms"))))
                        .threads(
                                "contender",
                                3,
                                t -> t.kernelThread()
                                        .does(b -> b.sleep("1ms").serialized("x", in -> in.kernelWork("10us"))))
                        .build(),
                1_000,
                tunables);
    }

    @Test
    void contending_cpus_retry_one_after_another_for_a_microsecond_each() {
        RunResult free = contended(Map.of());
        RunResult resequenced = contended(Map.of("spin_reseq", 5L));
        long retries = Lab.counter(resequenced, "v_lock_colls");
        // One retry per microsecond in about 7 ms, whoever makes it; without, one per look of each CPU. It all ends
        // before
        // the first hardclock, whose softclock thread would leave the spinning to the idle thread, which starts anew.
        assertTrue(retries > 5_000 && retries < 8_000, "retries " + retries);
        assertTrue(
                Lab.counter(free, "v_lock_colls") > 10 * retries,
                () -> free.counters().toString());
        for (int i = 0; i < 3; i++) {
            assertTrue(Lab.thread(resequenced, "contender/" + i).ended());
        }
    }
}
