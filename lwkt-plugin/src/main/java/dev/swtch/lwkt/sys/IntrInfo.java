package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/** {@code struct intr_info}: an interrupt of a CPU and the thread that serves it. */
public final class IntrInfo {
    /** Number of the interrupt. */
    public final int irq;

    /** The interrupt thread; null before it is registered. */
    public @Nullable LwktThread ithread;

    /** The fast handler, which runs in the interrupt itself; null if a thread serves the interrupt. */
    public @Nullable ThreadFunction fast;

    /** {@code i_running}: the handlers have to run (again). */
    public boolean running;

    /** Whether it is raised too often: its thread is scheduled by a timer instead. */
    public boolean livelocked;

    /** {@code ill_count}: runs of the handlers in the current second. */
    public int illCount;

    /** The second {@link #illCount} is of. */
    public long illSecond;

    /** {@code i_count}: how often it was raised. */
    public long count;

    /** Makes an interrupt that nobody serves. */
    public IntrInfo(int irq) {
        this.irq = irq;
    }
}
