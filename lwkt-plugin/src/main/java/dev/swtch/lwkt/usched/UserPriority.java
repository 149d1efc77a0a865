package dev.swtch.lwkt.usched;

import dev.swtch.lwkt.kern.KernClock;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.Lwp;

/** Priorities of LWPs, smaller is better: what usched_dfly.c and usched_bsd4.c define alike. */
final class UserPriority {
    /** {@code NQS}: queues of a class. */
    static final int NQS = 32;

    /** {@code PPQ}: priorities of a queue. */
    static final int PPQ = 4;

    /** {@code PPQMASK}. */
    static final int PPQMASK = PPQ - 1;

    /** {@code MAXPRI}: priorities of a class. */
    static final int MAXPRI = 128;

    /** {@code PRIMASK}. */
    static final int PRIMASK = MAXPRI - 1;

    /** {@code PRIBASE_NULL}: worse than any priority. */
    static final int PRIBASE_NULL = 4 * MAXPRI;

    /** {@code ESTCPUMAX}: the highest estimate of CPU use. */
    static final int ESTCPUMAX = 16384;

    static final int PRIO_MIN = -20;
    static final int PRIO_MAX = 20;
    private static final int PRIO_RANGE = PRIO_MAX - PRIO_MIN + 1;
    private static final int NICEPPQ = 2;
    private static final int ESTCPUPPQ = 512;

    private UserPriority() {}

    /** {@code ESTCPULIM}. */
    static int estcpulim(int estcpu) {
        return Math.min(estcpu, ESTCPUMAX);
    }

    /** An estimate with one schedclock tick's worth of CPU more. */
    static int docked(int estcpu) {
        return estcpulim(estcpu + ESTCPUMAX / KernClock.ESTCPUFREQ + 1);
    }

    /** An exponential average of estimates, the past having some weight. */
    static int averaged(int past, int weight, int estcpu) {
        return estcpulim((past * weight + estcpu) / (weight + 1));
    }

    /** The weight of the past a tunable {@code decay} stands for. */
    static int decayFactor(int decay) {
        return Math.min(Math.max(decay, 1), 1024);
    }

    /** The part of a priority that tells queues apart. */
    static int queue(int priority) {
        return priority & ~PPQMASK;
    }

    /** The priority of an LWP of any class by its nice value and estimate. */
    static int of(Globaldata gd, Lwp lp, int estcpu) {
        return switch (lp.rtprioType) {
            case Lwp.RTP_PRIO_REALTIME, Lwp.RTP_PRIO_FIFO -> rank(lp);
            case Lwp.RTP_PRIO_NORMAL -> normal(lp.proc.nice, estcpu);
            case Lwp.RTP_PRIO_IDLE -> 2 * MAXPRI + rank(lp);
            case Lwp.RTP_PRIO_THREAD -> 3 * MAXPRI + (lp.rtprioPrio & PRIMASK);
            default -> throw Kassert.panic(gd, "Bad RTP_PRIO " + lp.rtprioType);
        };
    }

    /** Of 0 to 31 in the seed four share a queue, although each could have its own. */
    private static int rank(Lwp lp) {
        return (lp.proc.usched.rtprioHasOwnQueues() ? lp.rtprioPrio * PPQ : lp.rtprioPrio) & PRIMASK;
    }

    /** The priority of a timesharing LWP. */
    static int normal(int nice, int estcpu) {
        int priority = (nice - PRIO_MIN) * PPQ / NICEPPQ;
        priority += estcpu * PPQ / ESTCPUPPQ;
        priority = priority * MAXPRI / (PRIO_RANGE * PPQ / NICEPPQ + ESTCPUMAX * PPQ / ESTCPUPPQ);
        return MAXPRI + (priority & PRIMASK);
    }

    /** Sets an LWP's priority and with it the queue it belongs to. */
    static void set(Lwp lp, int newpriority) {
        lp.priority = newpriority;
        lp.rqtype = lp.rtprioType;
        lp.rqindex = (newpriority & PRIMASK) / PPQ;
    }
}
