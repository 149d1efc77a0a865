package dev.swtch.ule.scenario;

import static dev.swtch.machine.cost.Charge.CONTEXT_LOAD;
import static dev.swtch.machine.cost.Charge.CONTEXT_SAVE;
import static dev.swtch.ule.scenario.Scenario.MS;
import static dev.swtch.ule.scenario.Scenario.assertWithin;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.swtch.engine.workload.Workload;
import dev.swtch.ule.scenario.Scenario.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code SWT_IWAIT}, {@code SWT_BIND}, and the switches that are of no type. */
class OtherSwitchesTest {
    /** Each CPU's first thread is entered by {@code cpu_throw}, which saves nothing. */
    private static final int STARTS = 4;

    @ParameterizedTest
    @CsvSource({"52ms,1,again before the thread waits once", "60ms,2,in a round of its own"})
    void an_interrupt_runs_the_handler(String second, int rounds, String how) {
        Ran ran = Scenario.on("1")
                .run(Workload.builder("interrupts")
                        .device("net", d -> d.threaded().at("50ms", second).handler("5ms"))
                        .thread("hog", t -> t.does(b -> b.compute("90ms"))));
        assertEquals(rounds, ran.swt("iwait"), how);
        assertEquals(rounds, ran.swt("owepreempt"), how);
        assertWithin(1e-6, 100 * MS, ran.result().elapsedNs(), "two runs of the handler");
    }

    @Test
    void a_thread_that_binds_itself_to_another_cpu_switches_once_and_to_its_own_never() {
        Ran ran = Scenario.on("2")
                .run(Workload.builder("bind")
                        .thread(
                                "mover",
                                t -> t.affinity(0, 1)
                                        .does(b -> b.compute("1ms")
                                                .bind(0)
                                                .kernelWork("1ms")
                                                .bind(0)
                                                .kernelWork("1ms")
                                                .unbind()
                                                .unbind()
                                                .bind(1)
                                                .kernelWork("1ms")
                                                .unbind()))
                        .thread("hog", t -> t.affinity(1).does(b -> b.compute("2ms"))));
        assertEquals(1, ran.swt("bind"), ran::toString);
        assertEquals(1, ran.thread("mover").migrations(), ran::toString);
    }

    @Test
    void a_cpu_that_wakes_a_thread_before_it_is_saved_waits_for_the_hand_off() {
        Ran ran = Scenario.on("1x8x1")
                .costs(Scenario.model("default"))
                .run(Workload.builder("hand-off")
                        .semaphore("ball", 3)
                        .threads(
                                "player",
                                16,
                                t -> t.loop(
                                        400, b -> b.pend("ball").compute("1us").post("ball"))));
        assertTrue(ran.result().switches().handoffWaits() > 0, ran::toString);
    }

    /** The two ways out differ in one thing that can be seen: {@code cpu_throw} saves nothing. */
    @Test
    void an_exit_is_counted_by_vmstat_only_and_saves_a_context_only_if_it_leaves_by_cpu_switch() {
        Ran bySwitch = exits(0);
        Ran byThrow = exits(1);
        assertEquals(9, untypedSwitches(bySwitch), bySwitch::toString);
        assertEquals(9, untypedSwitches(byThrow), byThrow::toString);
        assertEquals(0, bySwitch.charged(CONTEXT_LOAD) - bySwitch.charged(CONTEXT_SAVE) - STARTS, "all are saved");
        assertEquals(9, byThrow.charged(CONTEXT_LOAD) - byThrow.charged(CONTEXT_SAVE) - STARTS, "but those that exit");
    }

    private static Ran exits(long byThrow) {
        return Scenario.on("4")
                .with("exit_by_throw", byThrow)
                .run(Workload.builder("exits").threads("brief", 9, t -> t.does(b -> b.compute("1ms"))));
    }

    /** Context switches that {@code mi_switch} did not count. */
    private static long untypedSwitches(Ran ran) {
        return ran.counter("vmstat", "v_swtch") - ran.volition("sw_vol") - ran.volition("sw_invol");
    }
}
