package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.ThreadFlags.NOCPU;
import static dev.swtch.ule.kern.ThreadFlags.TDF_IDLETD;
import static dev.swtch.ule.kern.ThreadFlags.TDF_INMEM;
import static dev.swtch.ule.kern.ThreadFlags.TDI_IWAIT;
import static dev.swtch.ule.kern.ThreadFlags.TDI_LOCK;
import static dev.swtch.ule.kern.ThreadFlags.TDI_SLEEPING;
import static dev.swtch.ule.kern.ThreadFlags.TDI_SUSPENDED;
import static dev.swtch.ule.kern.ThreadFlags.TDS_CAN_RUN;
import static dev.swtch.ule.kern.ThreadFlags.TDS_INACTIVE;
import static dev.swtch.ule.kern.ThreadFlags.TDS_INHIBITED;
import static dev.swtch.ule.kern.ThreadFlags.TDS_RUNNING;
import static dev.swtch.ule.kern.ThreadFlags.TDS_RUNQ;

import dev.swtch.machine.Frame;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadSpec;
import org.jspecify.annotations.Nullable;

/** A thread: {@code struct thread} with ULE's {@code struct td_sched}, fields without their prefixes. */
public final class UleThread extends KThread {
    // ---- struct thread ------------------------------------------------------------------------------------------

    final Proc proc;

    /** Its place among the threads of its process. */
    final Tailq.Link<UleThread> plist = new Tailq.Link<>(this);

    Mtx lock;
    int state = TDS_INACTIVE;
    int inhibitors;
    int flags = TDF_INMEM;
    int ast;
    int priority;
    int basePri;
    int userPri;
    int baseUserPri;
    int lendUserPri = Pri.PRI_MAX;
    int baseIthreadPri;
    int priClass;
    int critnest;
    boolean owepreempt;
    int pinned;
    int intrNestingLevel;
    int oncpu = NOCPU;
    int lastcpu = NOCPU;
    int slptick;
    int swvoltick;
    int swinvoltick;
    int nvcsw;
    int nivcsw;
    int generation;
    long tdRuntime;
    final CpuSet cpuset;

    /** Its place among the waiters of a user word: {@code uq_link}, {@code uq_lockq}. */
    final Tailq.Link<UleThread> umtxLink = new Tailq.Link<>(this);

    boolean umtxQueued;

    /** The inheriting user mutex it waits for, and those it owns that others wait for. */
    @Nullable
    PiMutex piBlocked;

    final Tailq<PiMutex> piContested = new Tailq<>();

    /** Serializers it holds; null until the first. */
    Serializers.@Nullable Held serializers;

    /** Whether a stop signal's default action is in force. */
    boolean stopped;

    /** Whether it sent that signal itself. */
    boolean stopsItself;

    /** Result of the last kernel function that may lose the CPU and returns a number. */
    int retval;

    // Sleeping: td_sleepqueue and what goes with it.

    @Nullable
    SleepQueue sleepqueue = new SleepQueue();

    long wchan;
    String wmesg = "";
    int sqqueue = -1;

    final Tailq.Link<UleThread> slpq = new Tailq.Link<>(this);
    long sleeptimo;
    int intrval;
    int sig;

    // The callout of its sleep: td_slpcallout.

    int calloutCpu = NOCPU;
    long calloutTime;
    long calloutPrecision;

    @Nullable
    UleThread calloutNext;

    @Nullable
    UleThread calloutPrev;

    // Blocking on mutexes: td_turnstile and what goes with it.

    @Nullable
    Turnstile turnstile = new Turnstile();

    @Nullable
    Turnstile blocked;

    final Tailq.Link<UleThread> lockq = new Tailq.Link<>(this);

    /** Turnstiles of the mutexes it owns that others wait for. */
    final Tailq<Turnstile> contested = new Tailq<>();

    int blktick;

    @Nullable
    SleepMtx spinning;

    /** {@code td_md}: depth of spin lock sections and the interrupt flag found by the outermost. */
    int spinlockCount;

    boolean savedIntr = true;

    /** What {@code fork_exit} calls when the thread runs for the first time. */
    final Frame<UleThread> callout;

    // ---- struct td_sched ----------------------------------------------------------------------------------------

    @Nullable
    Runq tsRunq;

    @Nullable
    UleThread runqNext;

    @Nullable
    UleThread runqPrev;

    int rqindex;
    int tsFlags;
    int tsCpu;
    int rltick;
    int slice;
    int slptime;
    int runtime;
    int ltick;
    int ftick;
    int ticks;

    UleThread(
            ThreadSpec spec, @Nullable ThreadBody body, Proc proc, Mtx lock, CpuSet cpuset, Frame<UleThread> callout) {
        super(spec, body);
        this.proc = proc;
        this.lock = lock;
        this.cpuset = cpuset.copy();
        this.callout = callout;
    }

    /** Its process. */
    public Proc proc() {
        return proc;
    }

    // ---- predicates ---------------------------------------------------------------------------------------------

    boolean isRunning() {
        return state == TDS_RUNNING;
    }

    boolean onRunq() {
        return state == TDS_RUNQ;
    }

    boolean isInhibited() {
        return state == TDS_INHIBITED;
    }

    boolean isSleeping() {
        return (inhibitors & TDI_SLEEPING) != 0;
    }

    /** {@code TD_ON_SLEEPQ}: queued on a channel, perhaps not asleep yet. */
    boolean onSleepq() {
        return wchan != 0;
    }

    boolean isSuspended() {
        return (inhibitors & TDI_SUSPENDED) != 0;
    }

    boolean onLock() {
        return (inhibitors & TDI_LOCK) != 0;
    }

    boolean awaitingIntr() {
        return (inhibitors & TDI_IWAIT) != 0;
    }

    /** {@code TD_IS_IDLETHREAD}. */
    boolean isIdletd() {
        return (flags & TDF_IDLETD) != 0;
    }

    /** {@code THREAD_CAN_MIGRATE}. */
    boolean canMigrate() {
        return pinned == 0;
    }

    /** {@code THREAD_CAN_SCHED}. */
    boolean canSched(int cpu) {
        return cpuset.contains(cpu);
    }

    // ---- state --------------------------------------------------------------------------------------------------

    void setState(int newState) {
        state = newState;
    }

    /** {@code thread_lock_set_inhib}: one more reason not to run. */
    void setInhib(int inhib) {
        inhibitors |= inhib;
        state = TDS_INHIBITED;
    }

    /** {@code TD_CLR_INHIB}: one reason less; runnable when it was the last. */
    void clrInhib(int inhib) {
        inhibitors &= ~inhib;
        if (inhibitors == 0) {
            state = TDS_CAN_RUN;
        }
    }
}
