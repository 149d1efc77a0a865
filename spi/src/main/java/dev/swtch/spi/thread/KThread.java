package dev.swtch.spi.thread;

import dev.swtch.machine.Context;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.trace.TraceKind;
import org.jspecify.annotations.Nullable;

/**
 * A kernel thread. Each plugin has a subclass of its own, so that its per-thread state is a field access away.
 *
 * <p>The plugin reports, at the instant its own code decides it, when the thread becomes runnable and when it blocks
 * ({@link #markRunnable}, {@link #markBlocked}); everything that is compared between schedulers is measured
 * from these two and from the machine's switches.
 */
public abstract class KThread extends Context {
    private static final int PLACES = WaitPlace.values().length;

    private final ThreadSpec spec;
    private final @Nullable ThreadBody body;
    private final long[] readyNs = new long[PLACES];
    private RunState runState = RunState.NEW;
    private WaitPlace place = WaitPlace.RUN_QUEUE;
    private long wokenAt;
    private long readySince;
    private long waitingSince;
    private boolean executing;

    /**
     * Makes a thread.
     *
     * @param spec what it is to be
     * @param body what it executes; null for threads of the plugin's own
     */
    protected KThread(ThreadSpec spec, @Nullable ThreadBody body) {
        super(spec.number());
        this.spec = spec;
        this.body = body;
        if (spec.process() != null) {
            setPmap(spec.process().pmap());
        }
    }

    /** What it was made to be; later changes of nice, class or affinity are the plugin's state. */
    public final ThreadSpec spec() {
        return spec;
    }

    @Override
    public final String name() {
        return spec.name();
    }

    /** What it executes; null for threads of the plugin's own. */
    public final @Nullable ThreadBody body() {
        return body;
    }

    /** Whether it is what a CPU runs when it has nothing to run. */
    public final boolean isIdleThread() {
        return spec.threadClass() == ThreadClass.CPU_IDLE;
    }

    /** Whether it could use a CPU. */
    public final RunState runState() {
        return runState;
    }

    // ---- reported by the plugin ---------------------------------------------------------------------------------

    /**
     * The thread's wait ended, at this CPU's cursor.
     *
     * <p>Called by the plugin where its kernel makes the thread runnable (also when it is released for the first
     * time), on the CPU that decides it, before the thread can be loaded. Calling it for a runnable thread does
     * nothing.
     */
    public final void markRunnable(Cpu cpu) {
        markRunnable(cpu, cpu.now());
    }

    /**
     * The thread's wait ended earlier, when another CPU decided it and sent a message that this CPU has only now taken.
     *
     * @param cpu the CPU that makes the thread runnable
     * @param sinceNs when the sender decided it, not after this CPU's cursor
     */
    public final void markRunnable(Cpu cpu, long sinceNs) {
        if (runState == RunState.RUNNABLE) {
            return;
        }
        if (runState == RunState.EXITED) {
            throw cpu.violation("exited-thread-woken", name() + " was made runnable after its exit");
        }
        runState = RunState.RUNNABLE;
        place = WaitPlace.RUN_QUEUE;
        wokenAt = sinceNs;
        waitingSince = Math.max(waitingSince, sinceNs);
        readySince = waitingSince;
        cpu.machine()
                .note(
                        TraceKind.WAKEUP,
                        cpu,
                        number(),
                        cpu.hasContext() ? cpu.current().number() : -1);
        tellBody(cpu);
    }

    private void tellBody(Cpu cpu) {
        if (body != null) {
            body.waitChanged(cpu);
        }
    }

    /**
     * The thread, which is running, begins to wait for something that is not a CPU.
     *
     * <p>Called by the plugin on the thread's CPU before it switches away.
     */
    public final void markBlocked(Cpu cpu) {
        runState = RunState.BLOCKED;
        cpu.machine().note(TraceKind.BLOCK, cpu, number(), 0);
    }

    /** The thread, which is running, leaves for good; called by the plugin's exit. */
    public final void markExited(Cpu cpu) {
        runState = RunState.EXITED;
        cpu.machine().note(TraceKind.BLOCK, cpu, number(), 1);
    }

    /** The structure of a thread that exited is used for a new one; for kernels that keep such structures. */
    protected final void reborn() {
        runState = RunState.NEW;
    }

    /** A runnable thread that does not execute waits at another place from this CPU's cursor on. */
    public final void waitAt(Cpu cpu, WaitPlace newPlace) {
        if (!executing && runState == RunState.RUNNABLE) {
            settleReady(cpu.now());
        }
        place = newPlace;
        tellBody(cpu);
    }

    // ---- for the harness ----------------------------------------------------------------------------------------

    /** Notes that the thread was loaded; called by the harness from the machine's switch. */
    public final void noteLoaded(long nowNs) {
        if (runState == RunState.RUNNABLE) {
            settleReady(nowNs);
        }
        place = WaitPlace.RUN_QUEUE;
        executing = true;
    }

    /** Notes that the thread was switched out; called by the harness from the machine's switch. */
    public final void noteLeft(long nowNs) {
        executing = false;
        waitingSince = nowNs;
        readySince = nowNs;
    }

    private void settleReady(long nowNs) {
        if (nowNs > waitingSince) {
            readyNs[place.ordinal()] += nowNs - waitingSince;
            waitingSince = nowNs;
        }
    }

    /** Time spent runnable but not executing at a place, in ns, up to the last change. */
    public final long readyNs(WaitPlace where) {
        return readyNs[where.ordinal()];
    }

    /** When the thread began to wait for a CPU, in ns; meaningful while it is runnable and does not execute. */
    public final long readySince() {
        return readySince;
    }

    /** When it began to wait where it waits now: the end of what {@link #readyNs} counts. */
    public final long waitingSince() {
        return waitingSince;
    }

    /** Whether the thread is loaded. */
    public final boolean isExecuting() {
        return executing;
    }

    /** Where it waits or waited last. */
    public final WaitPlace place() {
        return place;
    }

    /** When its last wait ended, in ns. */
    public final long wokenAt() {
        return wokenAt;
    }
}
