package dev.swtch.lwkt.sys;

import dev.swtch.machine.Next;
import org.jspecify.annotations.Nullable;

/** {@code struct callout}: a function to be called after a number of ticks, on the CPU that armed it. */
public final class Callout {
    /** Its function. */
    public final Code func;

    /** {@code c_arg}: the thread it is for; null for none. */
    public final @Nullable LwktThread arg;

    /** {@code c_time}: the tick it is due at. */
    public int time;

    /** CALLOUT_ACTIVE. */
    public boolean active;

    /** CALLOUT_PENDING: in the wheel. */
    public boolean pending;

    @Nullable
    Callout next;

    @Nullable
    Callout prev;

    /**
     * Makes a callout that is not armed.
     *
     * @param func its function
     * @param arg the thread it is for; null for none
     */
    public Callout(Code func, @Nullable LwktThread arg) {
        this.func = func;
        this.arg = arg;
    }

    /** The function of a callout. */
    @FunctionalInterface
    public interface Code {
        /** Runs in the softclock thread. */
        Next run(Globaldata gd, Callout self);
    }
}
