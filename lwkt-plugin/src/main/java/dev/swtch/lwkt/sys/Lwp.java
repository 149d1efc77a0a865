package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/** {@code struct lwp}: the user side of a thread, with what the user schedulers keep in it. */
public final class Lwp {
    /** In {@link #mpflags}: on a user run queue. */
    public static final int LWP_MP_ONRUNQ = 0x0001;

    /** In {@link #mpflags}: leaves. */
    public static final int LWP_MP_WEXIT = 0x0002;

    /** In {@link #mpflags}: counts as stopped. */
    public static final int LWP_MP_WSTOP = 0x0004;

    /** In {@link #mpflags}: its load is counted on a CPU. */
    public static final int LWP_MP_ULOAD = 0x0008;

    /** Realtime. */
    public static final int RTP_PRIO_REALTIME = 0;

    /** Timesharing. */
    public static final int RTP_PRIO_NORMAL = 1;

    /** Runs when nothing else wants to. */
    public static final int RTP_PRIO_IDLE = 2;

    /** Of the kernel. */
    public static final int RTP_PRIO_THREAD = 3;

    /** Realtime, first come, first served. */
    public static final int RTP_PRIO_FIFO = 4;

    /** The process. */
    public final Proc proc;

    /** {@code lwp_token}: serialises changes of its state. */
    public final LwktToken token;

    /** {@code lwp_tid}: id in the process. */
    public int tid;

    /** {@code lwp_stat}. */
    public Stat stat = Stat.RUN;

    /** LWP_MP_. */
    public int mpflags;

    /** LWP_SINTR: in an interruptible sleep. */
    public boolean sintr;

    /** A posted signal, 0 for none; from 16 on it interrupts a system call, below it restarts it. */
    public int sigpend;

    /** Whether it is to stop on its way to user mode: {@code p_stat == SSTOP}. */
    public boolean stopRequested;

    /** What it sleeps on while it is stopped; null if it never was asked to stop. */
    public @Nullable Ident stopChannel;

    /** Whether the thread is in user mode. */
    public boolean user;

    /** {@code lwp_cpumask}: CPUs it may run on. */
    public final Cpumask cpumask = new Cpumask();

    /** What {@link #cpumask} is again when the LWP, which tied itself to one CPU, is free. */
    public final Cpumask whenFree = new Cpumask();

    /** Whether the LWP tied itself to a CPU. */
    public boolean bound;

    /** {@code lwp_rtprio.type}: RTP_PRIO_. */
    public int rtprioType = RTP_PRIO_NORMAL;

    /** {@code lwp_rtprio.prio}: 0 to 31. */
    public int rtprioPrio;

    /** {@code lwp_slptime}: seconds asleep. */
    public int slptime;

    /** {@code lwp_ru.ru_nvcsw}. */
    public long nvcsw;

    /** {@code lwp_cpticks}: schedclock ticks since the last estimate. */
    public int cpticks;

    /** {@code lwp_cpbase}: schedclock time of the last estimate. */
    public int cpbase;

    /** {@code lwp_pctcpu}: share of a CPU, in 1/2048. */
    public int pctcpu;

    /** Priority: smaller is better. */
    public int priority;

    /** Class of the queue it belongs to: RTP_PRIO_. */
    public int rqtype;

    /** Index of the queue it belongs to. */
    public int rqindex;

    /** CPU whose queues it belongs to. */
    public int qcpu;

    /** Estimated use of the CPU. */
    public int estcpu;

    /** Estimates made since it was forked or slept long; the first few weigh more. */
    public int estfast;

    /** Load it stands for. */
    public int uload;

    /** Schedclock ticks of its turn. */
    public int rrcount;

    /** {@code lwp_usdata.bsd4.batch}: how much of a batch job it is, in ticks. */
    public int batch;

    /** {@code lwp_rebal_ticks}: when usched_bsd4 queued it last, in {@code sched_ticks}. */
    public int rebalTicks;

    /** Was just forked. */
    public boolean forked;

    private @Nullable LwktThread thread;

    @Nullable
    Lwp procqNext;

    @Nullable
    Lwp procqPrev;

    /**
     * Makes an LWP that has no thread yet.
     *
     * @param proc the process
     * @param token serialises changes of its state
     */
    public Lwp(Proc proc, LwktToken token) {
        this.proc = proc;
        this.token = token;
        cpumask.addAll();
    }

    /** {@code lwp_thread}; only once it was set. */
    public LwktThread thread() {
        LwktThread td = thread;
        if (td == null) {
            throw new IllegalStateException("an LWP of " + proc.name + " has no thread yet");
        }
        return td;
    }

    /** Connects the LWP and its thread. */
    public void setThread(LwktThread td) {
        thread = td;
        td.lwp = this;
    }

    /** Whether any of the flags is set. */
    public boolean hasMp(int mask) {
        return (mpflags & mask) != 0;
    }

    /** {@code lwp_stat}. */
    public enum Stat {
        /** LSRUN: runs or wants to. */
        RUN,
        /** LSSTOP: stopped. */
        STOP,
        /** LSSLEEP: sleeps. */
        SLEEP
    }
}
