package dev.swtch.lwkt.sys;

import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadSpec;
import dev.swtch.spi.thread.WaitPlace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code struct thread}. */
public final class LwktThread extends KThread {
    /** Most tokens a thread can hold. */
    public static final int LWKT_MAXTOKENS = 32;

    private static final int FIRST_TOKENS = 4;
    private static final Tokref[] NO_TOKENS = {};

    /** {@code td_comm}: the name. */
    public String comm;

    /** {@code td_flags}: TDF_. */
    public int flags;

    /** {@code td_mpflags}: TDF_MP_. */
    public int mpflags;

    /** {@code td_gd}: the owning CPU. */
    public Globaldata gd;

    /** {@code td_kstack_size}: bytes of its kernel stack; 0 if it has none. */
    public int kstackSize;

    /** {@code td_pri}: 0 to 31, larger is better. */
    public int pri;

    /** {@code td_upri}: the user scheduler's hint, larger is better. */
    public int upri;

    /** {@code td_critcount}: depth of critical sections. */
    public int critcount;

    /** {@code td_nest_count}: guards against nesting {@code splz} too deep. */
    public int nestCount;

    /** {@code td_cscount}: number of cpusyncs the thread masters. */
    public int cscount;

    /** {@code td_refs}: holds. */
    public int refs;

    /** {@code td_contended}: how often it could not be scheduled because of a token. */
    public int contended;

    /** {@code td_wmesg}: what it waits for. */
    public @Nullable String wmesg;

    /** {@code td_preempted}: the thread this one preempted. */
    public @Nullable LwktThread preempted;

    /** {@code td_migrate_gd}: where it wants to go once it is switched out. */
    public @Nullable Globaldata migrateGd;

    /** {@code td_preemptable}: called when the thread was scheduled and may preempt. */
    public @Nullable ThreadHook preemptable;

    /** {@code td_release}: gives up the designation as current user process. */
    public @Nullable ThreadHook release;

    /** {@code td_lwp}: the user side; null for a kernel thread. */
    public @Nullable Lwp lwp;

    /** {@code td_switch}: how to leave the thread. */
    public CpuSwitch tdSwitch = CpuSwitch.LWKT;

    /** {@code pcb_r12}: what the thread executes. */
    public @Nullable ThreadFunction func;

    /** {@code td_toks_stop}: number of tokens the thread holds or wants. */
    public int toksStop;

    /** {@code td_toks_have}: number of tokens it really holds, when that differs; else -1. */
    public int toksHave = -1;

    /** {@code td_wchan}: what it sleeps on. */
    public @Nullable Ident wchan;

    /** {@code td_wdomain}. */
    public int wdomain;

    /** {@code td_wakefromcpu}: CPU of the last wakeup; -1 if unknown. */
    public int wakefromcpu;

    /** The result of the last {@code tsleep} or {@code lwkt_sleep}: an errno, or 0. */
    public int error;

    /** The thread as something to sleep on. */
    public final Ident ident;

    /** The timeout of {@code tsleep}; made on first use. */
    public @Nullable Callout thandle;

    @Nullable
    LwktThread sleepqNext;

    @Nullable
    LwktThread sleepqPrev;

    @Nullable
    LwktThread threadqNext;

    @Nullable
    LwktThread threadqPrev;

    @Nullable
    LwktThread allqNext;

    @Nullable
    LwktThread allqPrev;

    private Tokref[] toks = NO_TOKENS;

    /**
     * Makes a structure that was never used.
     *
     * @param spec what the thread is to be
     * @param body what a user's thread executes; null for threads of the kernel
     * @param gd any CPU
     */
    public LwktThread(ThreadSpec spec, @Nullable ThreadBody body, Globaldata gd) {
        super(spec, body);
        this.comm = spec.name();
        this.gd = gd;
        this.ident = new Ident(spec.number(), spec.name());
    }

    /** Whether all of the flags are set. */
    public boolean has(int flag) {
        return (flags & flag) == flag;
    }

    /** Whether any of the flags is set. */
    public boolean hasAny(int mask) {
        return (flags & mask) != 0;
    }

    /** {@code TD_TOKS_HELD}: whether it holds or wants tokens. */
    public boolean toksHeld() {
        return toksStop != 0;
    }

    /** An element of {@code td_toks_array}. */
    public Tokref tokref(int index) {
        return toks[index];
    }

    /** {@code ++td_toks_stop}: the next free reference. */
    public Tokref pushTokref() {
        if (toksStop == toks.length) {
            int capacity = Math.min(LWKT_MAXTOKENS, Math.max(FIRST_TOKENS, 2 * toksStop));
            toks = Arrays.copyOf(toks, capacity);
            for (int i = toksStop; i < capacity; i++) {
                toks[i] = new Tokref(this, i);
            }
        }
        return toks[toksStop++];
    }

    // ---- what every scheduler is measured by ----------------------------------------------------------------------

    /** The thread's wait has ended. */
    public void noteRunnable(Globaldata mycpu) {
        markRunnable(mycpu.cpu);
    }

    /** The thread's wait has ended when another CPU, or this one, decided so. */
    public void noteRunnable(Globaldata mycpu, long sinceNs) {
        markRunnable(mycpu.cpu, sinceNs);
    }

    /** The thread waits for a CPU at another place from now on. */
    public void noteWaitsAt(Globaldata mycpu, WaitPlace place) {
        waitAt(mycpu.cpu, place);
    }

    /** {@code bzero}: forgets everything but the name. */
    public void zero() {
        reborn();
        flags = 0;
        mpflags = 0;
        pri = 0;
        upri = 0;
        critcount = 0;
        nestCount = 0;
        cscount = 0;
        refs = 0;
        contended = 0;
        wmesg = null;
        preempted = null;
        migrateGd = null;
        preemptable = null;
        release = null;
        lwp = null;
        tdSwitch = CpuSwitch.LWKT;
        func = null;
        toksStop = 0;
        toksHave = -1;
        wchan = null;
        wdomain = 0;
        wakefromcpu = 0;
        error = 0;
        sleepqNext = null;
        sleepqPrev = null;
        threadqNext = null;
        threadqPrev = null;
        allqNext = null;
        allqPrev = null;
        for (Tokref ref : toks) {
            ref.tok = null;
            ref.count = 0;
            ref.owner = null;
        }
    }
}
