package dev.swtch.lwkt.sys;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code struct lwkt_cpusync}: holds a set of CPUs still while a function runs on each. */
public final class Cpusync {
    /** CPUs to hold. */
    public final Cpumask mask = new Cpumask();

    /** CPUs that have answered. */
    public final Cpumask mack = new Cpumask();

    /** CPUs whose answers are waited for: the local variable {@code mask} of who waits. */
    public final Cpumask awaited = new Cpumask();

    /** Runs on each CPU; null for nothing. */
    public @Nullable Consumer<Globaldata> func;
}
