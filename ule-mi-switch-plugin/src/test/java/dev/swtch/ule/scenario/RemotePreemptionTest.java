package dev.swtch.ule.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.ule.scenario.Scenario.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code SWT_REMOTEPREEMPT}: {@code IPI_PREEMPT} takes a CPU from a thread. */
class RemotePreemptionTest {
    /** The first thread that is put on the other CPU ends its halt. */
    private static final int START_OF_IDLE_CPU = 1;

    @ParameterizedTest
    @ValueSource(strings = {"zero", "default"})
    void an_interactive_thread_woken_from_another_cpu_takes_a_batch_thread_its_cpu_by_one_ipi(String costs) {
        Ran ran = Scenario.on("2").costs(Scenario.model(costs)).run(wakeOver("0ms"));
        assertEquals(1, ran.swt("remotepreempt"), ran::toString);
        assertEquals(START_OF_IDLE_CPU + 1, ran.ipis("ipi_preempt"), ran::toString);
        assertTrue(ran.thread("woken").wakeToRun().maxNs() < 10_000, ran::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero", "default"})
    void a_batch_thread_woken_from_another_cpu_sends_no_ipi_and_waits(String costs) {
        Ran ran = Scenario.on("2").costs(Scenario.model(costs)).run(wakeOver("700ms"));
        assertEquals(0, ran.swt("remotepreempt"), ran::toString);
        assertEquals(START_OF_IDLE_CPU, ran.ipis("ipi_preempt"), ran::toString);
        assertTrue(ran.thread("woken").wakeToRun().maxNs() > 1_000_000, ran::toString);
    }

    @Test
    void a_burst_of_wakeups_to_one_cpu_sends_one_ipi_until_that_cpu_switches() {
        Ran ran = Scenario.on("2")
                .run(Workload.builder("burst")
                        .barrier("go", 7)
                        .threads(
                                "woken",
                                6,
                                t -> t.affinity(1).does(b -> b.barrier("go").compute("1ms")))
                        .thread("hog", t -> t.affinity(1).does(b -> b.compute("3s")))
                        .thread(
                                "waker",
                                t -> t.affinity(0).does(b -> b.compute("2s").barrier("go"))));
        assertEquals(START_OF_IDLE_CPU + 1, ran.ipis("ipi_preempt"), ran::toString);
        assertEquals(1, ran.swt("remotepreempt"), ran::toString);
    }

    /** After 2 s a thread on CPU 0 wakes one of CPU 1 that has computed before, while a hog has that CPU. */
    private static WorkloadBuilder wakeOver(String computedBefore) {
        return Workload.builder("wake-over")
                .semaphore("go", 0)
                .thread(
                        "woken",
                        t -> t.affinity(1)
                                .does(b -> b.compute(computedBefore).pend("go").compute("1ms")))
                .thread("hog", t -> t.affinity(1).does(b -> b.compute("3s")))
                .thread("waker", t -> t.affinity(0).does(b -> b.compute("2s").post("go")));
    }
}
