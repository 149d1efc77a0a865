package dev.swtch.ule.scenario;

import static dev.swtch.ule.scenario.Scenario.MS;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.swtch.engine.workload.Workload;
import dev.swtch.ule.scenario.Scenario.Ran;
import org.junit.jupiter.api.Test;

/** {@code SWT_OWEPREEMPT}: a preemption that waited for the end of a critical section. */
class OwedPreemptionTest {
    @Test
    void a_device_interrupt_over_a_hog_preempts_it_once_at_the_end_of_the_interrupt() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("interrupt")
                        .device("net", d -> d.threaded().at("50ms").handler("1ms"))
                        .thread("hog", t -> t.does(b -> b.compute("90ms"))));
        assertEquals(1, ran.swt("owepreempt"), ran::toString);
        assertEquals(1, ran.swt("iwait"), ran::toString);
        assertEquals(1, ran.volition("sw_preempt"), ran::toString);
        assertWithin(1e-6, 91 * MS, ran.result().elapsedNs(), "elapsed");
    }

    @Test
    void inside_two_critical_sections_it_waits_for_the_second_exit() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("nested")
                        .semaphore("packet", 0)
                        .device(
                                "net",
                                d -> d.threaded().at("50ms").handler("1ms").posts("packet"))
                        .thread(
                                "listener",
                                t -> t.realtime(5)
                                        .does(b ->
                                                b.begin("wait").pend("packet").end("wait")))
                        .thread(
                                "hog",
                                t -> t.does(b -> b.compute("45ms")
                                        .critical(outer -> outer.critical(inner -> inner.kernelWork("10ms"))
                                                .kernelWork("10ms"))
                                        .compute("10ms"))));
        assertWithin(0.001, 66 * MS, ran.label("wait").maxNs(), "served after the outer section");
        assertEquals(1, ran.swt("owepreempt"), ran::toString);
        assertEquals(1, ran.swt("iwait"), ran::toString);
    }

    @Test
    void an_interrupt_thread_that_uses_a_whole_slice_owes_a_preemption_and_is_demoted() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("long-handler")
                        .device("net", d -> d.threaded().at("50ms").handler("120ms"))
                        .thread("hog", t -> t.does(b -> b.compute("90ms"))));
        assertEquals(2, ran.swt("owepreempt"), ran::toString);
        assertEquals(1, ran.ule("ithread_preemptions"), ran::toString);
        assertEquals(1, ran.ule("ithread_demotions"), ran::toString);
        assertEquals(1, ran.swt("iwait"), ran::toString);
    }

    @Test
    void an_ipi_that_finds_a_critical_section_is_accounted_as_owed() {
        Ran ran = Scenario.on("2")
                .run(Workload.builder("ipi-into-critical")
                        .semaphore("go", 0)
                        .thread(
                                "urgent",
                                t -> t.affinity(1)
                                        .realtime(5)
                                        .does(b -> b.pend("go").compute("1ms")))
                        .thread(
                                "critical",
                                t -> t.affinity(1).does(b -> b.compute("20ms").critical(c -> c.kernelWork("20ms"))))
                        .thread(
                                "waker",
                                t -> t.affinity(0).does(b -> b.compute("30ms").post("go"))));
        assertEquals(1, ran.swt("owepreempt"), ran::toString);
        assertEquals(0, ran.swt("remotepreempt"), ran::toString);
        assertWithin(0.01, 10 * MS, ran.thread("urgent").wakeToRun().maxNs(), "waits for the section's end");
    }
}
