package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Tdf.TDF_ALLOCATED_STACK;
import static dev.swtch.lwkt.sys.Tdf.TDF_ALLOCATED_THREAD;
import static dev.swtch.lwkt.sys.Tdf.TDF_EXITING;
import static dev.swtch.lwkt.sys.Tdf.TDF_MP_EXITSIG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.swtch.lwkt.golden.Script;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Violation;
import java.util.function.Consumer;
import org.junit.jupiter.api.DynamicTest;

/**
 * Each assertion of lwkt_thread.c and of the files it relies on (DragonFly 3.6) names itself when it breaks. What no
 * operation can break is broken by corrupting the kernel's state.
 *
 * <p>Not tested: that taking an IPI message advances its index by one and that a sleep has an ident, which cannot be
 * broken in this language. Elsewhere: usched_dfly's, which DflyAssertionsTest has; and the plugin's own, which
 * LwktInvariantsTest has.
 */
final class Rules {
    private Rules() {}

    /** Breaks an assertion, whose function and expression are to be named. */
    static DynamicTest rule(String name, Consumer<Script> breaks) {
        return DynamicTest.dynamicTest(
                name, () -> assertEquals(name, violation(breaks).rule()));
    }

    /** A bare panic has no expression: its text names it. */
    static DynamicTest panic(String text, Consumer<Script> breaks) {
        return DynamicTest.dynamicTest(text.trim(), () -> {
            Violation violation = violation(breaks);
            assertEquals("panic", violation.rule());
            assertEquals(text, violation.getMessage());
        });
    }

    private static Violation violation(Consumer<Script> breaks) {
        Script script = new Script(3, 2);
        return assertThrows(Violation.class, () -> breaks.accept(script));
    }

    /** A on CPU 0 spins for K0, which X on CPU 1 holds. */
    static void contend(Script s) {
        s.run("create 1 X", "idle 1", "get 1 K0", "create 0 A", "idle 0", "get 0 K0");
        assertEquals("spin", s.waits(0));
    }

    /** Leaves messages from a CPU to CPU 1 in the queue. */
    static void fill(Script s, int cpu, int messages) {
        for (int i = 0; i < messages; i++) {
            s.run("deschedule " + cpu + " X");
        }
    }

    static Lwp lwp(LwktThread td) {
        Lwp lp = td.lwp;
        if (lp == null) {
            throw new IllegalStateException(td.comm + " is no LWP");
        }
        return lp;
    }

    static LwktThread exited(Script s) {
        s.run("create 0 A lwp nostart");
        LwktThread td = s.thread("A");
        td.flags = TDF_ALLOCATED_THREAD | TDF_ALLOCATED_STACK | TDF_EXITING;
        td.mpflags |= TDF_MP_EXITSIG;
        return td;
    }
}
