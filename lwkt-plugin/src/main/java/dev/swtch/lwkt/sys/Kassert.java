package dev.swtch.lwkt.sys;

import dev.swtch.machine.Violation;

/**
 * The kernel's own assertions. Each is a rule named {@code function: expression}, as KASSERT and KKASSERT print it; a
 * bare panic breaks the rule {@code panic}.
 */
public final class Kassert {
    /** Rule of a bare panic. */
    public static final String PANIC = "panic";

    private Kassert() {}

    /** KKASSERT: the expression holds in the function. */
    public static void kkassert(boolean holds, Globaldata gd, String func, String expr) {
        if (!holds) {
            throw failed(gd, func, expr, "assertion \"" + expr + "\" failed in " + func);
        }
    }

    /** KASSERT: its failure, with a text of its own. */
    public static Violation failed(Globaldata gd, String func, String expr, String text) {
        return gd.cpu.violation(func + ": " + expr, text);
    }

    /** A bare panic. */
    public static Violation panic(Globaldata gd, String text) {
        return gd.cpu.violation(PANIC, text);
    }
}
