package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.StepBuilder;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Full message queues (DragonFly 3.6, sys/kern/lwkt_ipiq.c). */
class MessageQueuesTest {
    /** More than MAXCPUFIFO / 2 = 16, the most that may be under way from one CPU to another. */
    private static final int MANY = 24;

    private static WorkloadBuilder sleepers(String name, int... cpus) {
        WorkloadBuilder builder = Workload.builder(name);
        for (int cpu : cpus) {
            String semaphore = "on" + cpu;
            builder.semaphore(semaphore, 0)
                    .threads(
                            "sleeper" + cpu,
                            MANY,
                            t -> t.affinity(cpu).does(b -> b.pend(semaphore).compute("10us")));
        }
        return builder;
    }

    private static Consumer<StepBuilder> posts(String semaphore, int count) {
        return b -> {
            for (int i = 0; i < count; i++) {
                b.post(semaphore);
            }
        };
    }

    private static void assertAllWoken(RunResult result) {
        assertTrue(
                result.threads().stream().allMatch(thread -> thread.ended()),
                () -> result.threads().stream()
                                .filter(thread -> !thread.ended())
                                .toList() + " did not end");
    }

    /** The sender waits in place for the other's critical section to end, from the 18th message on. */
    private static RunResult towardsABusyCpu(int messages) {
        return Lab.run(
                "2",
                sleepers("b8", 1)
                        .thread(
                                "busy",
                                t -> t.affinity(1).does(b -> b.sleep("10ms").critical(in -> in.kernelWork("20ms"))))
                        .thread(
                                "waker",
                                t -> t.affinity(0)
                                        .does(b -> posts("on1", messages).accept(b.sleep("15ms"))))
                        .build(),
                1_000);
    }

    /** B-8: section 3.3 step 3: more than 16 outstanding. */
    @Test
    void a_sender_whose_queue_is_full_spins_until_the_other_cpu_has_worked_it_off() {
        RunResult fits = towardsABusyCpu(17);
        assertEquals(0, Lab.counter(fits, "ipiq_fifofull"));
        assertTrue(Lab.thread(fits, "waker").endNs() < 17 * Lab.MS, Lab.thread(fits, "waker")::toString);
        RunResult full = towardsABusyCpu(MANY);
        assertEquals(1, Lab.counter(full, "ipiq_fifofull"));
        assertTrue(Lab.thread(full, "waker").endNs() > 29 * Lab.MS, Lab.thread(full, "waker")::toString);
        assertTrue(full.cpus().spinNs() > 12 * Lab.MS, full.cpus()::toString);
        assertAllWoken(full);
    }
}
