package dev.swtch.lwkt.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.workload.Workload;
import org.junit.jupiter.api.Test;

/** The clocks of a CPU: 100, 128 and 50 Hz and one-shot timers on one queue (DragonFly 3.6, sys/kern/kern_systimer.c). */
class ClocksTest {
    /**
     * Both are due when the critical section ends: the one-shot timer at 9 ms queues its sleeper before the hardclock at
     * 10 ms puts the running thread behind its equals.
     */
    @Test
    void timers_that_waited_run_in_the_order_they_were_due() {
        RunResult result = Lab.run(
                "1",
                Workload.builder("order")
                        .thread(
                                "sleeper",
                                t -> t.kernelThread().does(b -> b.sleep("8ms").kernelWork("1ms")))
                        .thread(
                                "busy",
                                t -> t.kernelThread()
                                        .does(b -> b.critical(in -> in.kernelWork("12ms"))
                                                .yields()
                                                .kernelWork("50ms")))
                        .thread("equal", t -> t.kernelThread().does(b -> b.kernelWork("1ms")))
                        .build(),
                1_000);
        long waited = Lab.thread(result, "sleeper").wakeToRun().maxNs();
        assertTrue(waited < 3 * Lab.MS, "waited " + waited);
    }
}
