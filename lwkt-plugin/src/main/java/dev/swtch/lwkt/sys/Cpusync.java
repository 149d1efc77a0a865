package dev.swtch.lwkt.sys;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code struct lwkt_cpusync}: holds a set of CPUs still while a function runs on each. */
public final class Cpusync {
    /** CPUs to hold. */
    public long mask;

    /** CPUs that have answered. */
    public long mack;

    /** Runs on each CPU; null for nothing. */
    public @Nullable Consumer<Globaldata> func;
}
