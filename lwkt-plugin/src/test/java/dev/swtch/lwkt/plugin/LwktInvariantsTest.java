package dev.swtch.lwkt.plugin;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.swtch.lwkt.golden.Script;
import dev.swtch.lwkt.sys.Rqf;
import dev.swtch.lwkt.sys.Tdf;
import dev.swtch.machine.Next;
import dev.swtch.machine.Violation;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each assertion the plugin makes between two paths names itself when it breaks, and none breaks by itself. */
class LwktInvariantsTest {
    /** A runs, B and C are queued behind it. */
    private static Script script() {
        return new Script(2, 1).run("create 0 A pri=14", "create 0 B", "create 0 C", "idle 0");
    }

    @TestFactory
    Stream<DynamicTest> a_corrupted_cpu_is_noticed() {
        return Stream.of(
                rule("curthread", s -> s.gd(0).curthread = s.thread("B")),
                rule("running", s -> s.thread("A").flags &= ~Tdf.TDF_RUNNING),
                rule("owner", s -> s.thread("A").gd = s.gd(1)),
                rule("nesting", s -> s.thread("A").critcount = -1),
                rule("nesting", s -> s.thread("A").nestCount = -1),
                rule("nesting", s -> s.gd(0).intrNestingLevel = -1),
                rule("nesting", s -> s.gd(0).spinlocks = -1),
                rule("rqf-running", s -> s.gd(0).reqflags &= ~Rqf.RQF_RUNNING),
                rule("runq-order", s -> s.thread("C").pri = 13),
                rule("runq-flag", s -> s.thread("C").flags &= ~Tdf.TDF_RUNQ),
                rule("runq-flag", s -> s.thread("C").gd = s.gd(1)),
                rule("runq-flag", s -> s.gd(0).idlethread.flags |= Tdf.TDF_RUNQ),
                rule("runq-count", s -> ++s.gd(0).tdrunqcount));
    }

    @Test
    void a_sound_cpu_passes_however_often_it_is_looked_at() {
        Script script = script();
        LwktInvariants invariants = new LwktInvariants(2);
        for (int i = 0; i < 20; i++) {
            assertDoesNotThrow(() -> invariants.check(script.gd(0)));
            script.run("clock 0", "switch 0");
        }
    }

    /** A queue is walked once in as many checks as it is long. */
    @Test
    void what_is_wrong_deep_in_a_queue_is_noticed_after_as_many_checks_as_it_is_long() {
        Script script = script();
        LwktInvariants invariants = new LwktInvariants(2);
        invariants.check(script.gd(0));
        script.thread("C").pri = 13;
        int checks = 0;
        Violation noticed = null;
        while (noticed == null && checks < 100) {
            checks++;
            try {
                invariants.check(script.gd(0));
            } catch (Violation violation) {
                noticed = violation;
            }
        }
        // Three threads are queued, and with the idle thread four are known.
        assertEquals(7, checks);
    }

    @TestFactory
    Stream<DynamicTest> an_interrupt_handler_that_leaves_something_behind_is_noticed() {
        String rule = "ithread_handler: curstop == td->td_toks_stop && spincount == gd->gd_spinlocks";
        return Stream.of(
                DynamicTest.dynamicTest("a token", () -> assertEquals(rule, served(s -> s.run("get 0 K0")))),
                DynamicTest.dynamicTest("a spin lock", () -> assertEquals(rule, served(s -> s.run("spinlock 0")))));
    }

    private static String served(Consumer<Script> handler) {
        Script script = script();
        handler.accept(script);
        return assertThrows(Violation.class, () -> script.enter(0, gd -> Boot.served(gd.cpu, gd, 0, 0)))
                .rule();
    }

    @Test
    void an_interrupt_handler_that_leaves_nothing_behind_passes() {
        script().run("get 0 K0").enter(0, gd -> {
            assertEquals(Next.RETURN, Boot.served(gd.cpu, gd, 1, 0));
            return Next.RETURN;
        });
    }

    private static DynamicTest rule(String name, Consumer<Script> corrupts) {
        return DynamicTest.dynamicTest(name, () -> {
            Script script = script();
            corrupts.accept(script);
            LwktInvariants invariants = new LwktInvariants(2);
            Violation violation = assertThrows(Violation.class, () -> invariants.check(script.gd(0)));
            assertEquals(name, violation.rule());
        });
    }
}
