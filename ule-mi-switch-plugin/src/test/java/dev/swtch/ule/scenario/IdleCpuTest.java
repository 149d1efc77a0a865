package dev.swtch.ule.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.ule.scenario.Scenario.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code SWT_IDLE} and {@code SWT_REMOTEWAKEIDLE}: the ways in which an idle CPU comes by a thread. */
class IdleCpuTest {
    private static final int WAKES = 4_000;

    @ParameterizedTest
    @ValueSource(strings = {"zero", "default"})
    void a_polling_cpu_sees_its_load_without_an_ipi(String costs) {
        Ran ran = Scenario.on("2").costs(Scenario.model(costs)).run(pings("50us"));
        assertEquals(0, ran.swt("remotewakeidle"), ran::toString);
        assertTrue(ran.volition("idle, sw_vol") > WAKES * 95 / 100, ran::toString);
        assertTrue(ran.ipis("ipi_preempt") < WAKES / 20, ran::toString);
        assertTrue(ran.counter("cpu_idle", "polled") > WAKES * 95 / 100, ran::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero", "default"})
    void a_cpu_that_monitors_a_line_is_woken_by_a_store(String costs) {
        Ran ran = Scenario.on("2").costs(Scenario.model(costs)).run(pings("250us"));
        assertEquals(0, ran.swt("remotewakeidle"), ran::toString);
        assertTrue(ran.volition("idle, sw_vol") > WAKES * 95 / 100, ran::toString);
        assertTrue(ran.ipis("ipi_preempt") < WAKES / 20, ran::toString);
        assertTrue(ran.counter("cpu_idle", "mwait") > WAKES * 95 / 100, ran::toString);
        assertTrue(ran.counter("cpu_idle", "polled") < WAKES / 20, ran::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero", "default"})
    void a_cpu_that_halted_for_long_gets_an_ipi_and_switches_at_the_end_of_its_critical_section(String costs) {
        Ran ran = Scenario.on("2").costs(Scenario.model(costs)).run(pings("3ms"));
        assertEquals(0, ran.swt("remotewakeidle"), ran::toString);
        assertTrue(ran.volition("idle, sw_invol") > WAKES * 95 / 100, ran::toString);
        assertTrue(ran.ipis("ipi_preempt") > WAKES * 95 / 100, ran::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zero", "default"})
    void a_cpu_that_halted_for_short_gets_an_ipi_and_switches_in_its_handler(String costs) {
        Ran ran = Scenario.on("2")
                .costs(Scenario.model(costs))
                .with("idle_mwait", 0)
                .run(pings("130us"));
        assertTrue(ran.swt("remotewakeidle") > WAKES * 95 / 100, ran::toString);
        assertTrue(ran.ipis("ipi_preempt") > WAKES * 95 / 100, ran::toString);
    }

    @Test
    void an_idle_cpu_steals_one_of_two_threads() {
        Ran ran = Scenario.on("2")
                .run(Workload.builder("steal")
                        .threads(
                                "pinned",
                                2,
                                t -> t.affinity(0)
                                        .does(b ->
                                                b.compute("500ms").setAffinity().compute("1s")))
                        .thread(
                                "nap",
                                t -> t.affinity(1).loop(400, b -> b.sleep("5ms").compute("100us"))));
        assertEquals(
                1, ran.thread("pinned/0").migrations() + ran.thread("pinned/1").migrations(), ran::toString);
        assertEquals(0, ran.balancer("moves"), ran::toString);
    }

    @Test
    void an_interrupt_on_an_idle_cpu_runs_its_thread_by_a_preemption_of_the_idle_thread() {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("interrupt-on-idle")
                        .device("net", d -> d.threaded().at("50ms").handler("1ms"))
                        .thread("nap", t -> t.does(b -> b.sleep("200ms"))));
        assertEquals(1, ran.swt("iwait"), ran::toString);
        assertTrue(ran.volition("idle, sw_invol") >= 1, ran::toString);
        assertEquals(0, ran.swt("owepreempt"), ran::toString);
    }

    private static WorkloadBuilder pings(String gap) {
        return Workload.builder("pings")
                .semaphore("ping", 0)
                .thread(
                        "pinged",
                        t -> t.affinity(1).loop(WAKES, b -> b.pend("ping").compute("1us")))
                .thread(
                        "pinger",
                        t -> t.affinity(0).loop(WAKES, b -> b.compute(gap).post("ping")));
    }
}
