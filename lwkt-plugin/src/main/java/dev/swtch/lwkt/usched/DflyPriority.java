package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ULOAD;
import static dev.swtch.lwkt.usched.DflyQueues.PPQ;
import static dev.swtch.lwkt.usched.DflyQueues.PPQMASK;

import dev.swtch.lwkt.kern.KernClock;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/** Estimates of CPU use and the priorities that follow, sys/kern/usched_dfly.c. */
public final class DflyPriority {
    /** {@code ESTCPUMAX}: the highest estimate. */
    public static final int ESTCPUMAX = 16384;

    private static final int ESTCPUPPQ = 512;
    private static final int MAXPRI = 128;
    private static final int PRIMASK = MAXPRI - 1;
    private static final int PRIO_MIN = -20;
    private static final int PRIO_MAX = 20;
    private static final int PRIO_RANGE = PRIO_MAX - PRIO_MIN + 1;
    private static final int NICEPPQ = 2;
    private static final int FSHIFT = 11;
    private static final int NO_CPU = -1;

    private final LwktKernel k;
    private final UschedDfly dfly;
    private final DflyTunables tunables;
    private final Frame<Lwp> sleptLong = new Frame<>("RECALC_SLEPT", this::sleptLong);
    private final Frame<Lwp> averaged = new Frame<>("RECALC_AVERAGED", this::averaged);

    DflyPriority(LwktKernel k, UschedDfly dfly, DflyTunables tunables) {
        this.k = k;
        this.dfly = dfly;
        this.tunables = tunables;
    }

    /** {@code ESTCPULIM}. */
    static int estcpulim(int estcpu) {
        return Math.min(estcpu, ESTCPUMAX);
    }

    /** One schedclock tick's worth of CPU. */
    static int docked(int estcpu) {
        return estcpulim(estcpu + ESTCPUMAX / KernClock.ESTCPUFREQ + 1);
    }

    /** The priority of a timesharing LWP. */
    static int normalPriority(int nice, int estcpu) {
        int priority = (nice - PRIO_MIN) * PPQ / NICEPPQ;
        priority += estcpu * PPQ / ESTCPUPPQ;
        priority = priority * MAXPRI / (PRIO_RANGE * PPQ / NICEPPQ + ESTCPUMAX * PPQ / ESTCPUPPQ);
        return MAXPRI + (priority & PRIMASK);
    }

    /** {@code lptouload}: the load an LWP stands for; a nice one counts less. */
    static int uload(int nice, int estcpu) {
        int uload = estcpu / DflyPcpu.NQS;
        return uload - uload * nice / (PRIO_MAX + 1);
    }

    /**
     * {@code dfly_recalculate_estcpu}, sys/kern/usched_dfly.c: at most once a tick.
     *
     * <p>Times are unsigned: an LWP that comes from a CPU whose clock is ahead has an interval of more than two hundred
     * thousand ticks, and the kernel's test for a negative one never succeeds.
     */
    Next recalculate(Globaldata gd, Lwp lp) {
        int cpbase = gd.schedclockTime - KernClock.SCHEDCLOCK_PERIOD;
        if (lp.slptime > 1) {
            lp.estcpu = lp.estcpu >> 1;
            gd.cpu.push(sleptLong, lp, cpbase, 0);
            return resetpriority(gd, lp);
        }
        if (lp.cpbase == cpbase) {
            return Next.RETURN;
        }
        int ttlticks = Integer.divideUnsigned(cpbase - lp.cpbase, KernClock.SCHEDCLOCK_PERIOD);
        if (ttlticks == 0) {
            return Next.RETURN;
        }
        KernClock.updatepcpu(lp, lp.cpticks, ttlticks);
        average(lp, estimate(lp));
        gd.cpu.push(averaged, lp, ttlticks, 0);
        return resetpriority(gd, lp);
    }

    /** The use of the last second, the more the more LWPs there are than CPUs. */
    private int estimate(Lwp lp) {
        int estcpu = lp.pctcpu * ESTCPUMAX >>> FSHIFT;
        int over = dfly.ucount() - dfly.ncpus();
        if (over > 0) {
            estcpu += estcpu * over / dfly.ncpus();
        }
        return estcpu;
    }

    /** Averages exponentially, faster for an LWP that is new. */
    void average(Lwp lp, int estcpu) {
        int weight;
        if (lp.estfast < tunables.decay) {
            weight = ++lp.estfast;
        } else {
            weight = Math.min(Math.max(tunables.decay, 1), 1024);
        }
        lp.estcpu = estcpulim((lp.estcpu * weight + estcpu) / (weight + 1));
    }

    private Next sleptLong(Cpu cpu, Lwp lp, int cpbase, long b) {
        lp.cpbase = cpbase;
        lp.cpticks = 0;
        lp.estfast = 0;
        return Next.RETURN;
    }

    private Next averaged(Cpu cpu, Lwp lp, int ttlticks, long b) {
        lp.cpbase += ttlticks * KernClock.SCHEDCLOCK_PERIOD;
        lp.cpticks = 0;
        return Next.RETURN;
    }

    /** {@code dfly_resetpriority}, sys/kern/usched_dfly.c: may ask the LWP's CPU to reschedule. */
    Next resetpriority(Globaldata gd, Lwp lp) {
        gd.critEnter();
        int rcpu = lp.qcpu;
        DflyPcpu rdd = dfly.pcpu(rcpu);
        rdd.spin.lock(gd);
        int newpriority = priority(gd, lp);
        lp.thread().upri = -(newpriority & tunables.swmask);
        boolean checkpri = true;
        if (((lp.priority ^ newpriority) & ~PPQMASK) != 0) {
            if (lp.hasMp(LWP_MP_ONRUNQ)) {
                dfly.queues.remrunqueueLocked(gd, rdd, lp);
                setPriority(lp, newpriority);
                dfly.queues.setrunqueueLocked(gd, rdd, lp);
            } else {
                setPriority(lp, newpriority);
                checkpri = false;
            }
        } else {
            lp.priority = newpriority;
            rcpu = NO_CPU;
        }
        int deltaUload = uload(lp.proc.nice, lp.estcpu) - lp.uload;
        lp.uload += deltaUload;
        if (lp.hasMp(LWP_MP_ULOAD)) {
            gd.cpu.charge(Charge.ATOMIC);
            dfly.pcpu(lp.qcpu).uload += deltaUload;
        }
        boolean resched = rcpu != NO_CPU
                && dfly.rdyprocmask.has(rcpu)
                && (!checkpri || (rdd.upri & ~PRIMASK) > (lp.priority & ~PRIMASK));
        rdd.spin.unlock(gd);
        if (resched) {
            if (rcpu != gd.cpuid) {
                k.splz.pushCritExit(gd);
                return dfly.sendUserResched(gd, rdd);
            }
            gd.needUserResched();
        }
        return k.splz.critExit(gd);
    }

    private static int priority(Globaldata gd, Lwp lp) {
        return switch (lp.rtprioType) {
            case Lwp.RTP_PRIO_REALTIME, Lwp.RTP_PRIO_FIFO -> lp.rtprioPrio & PRIMASK;
            case Lwp.RTP_PRIO_NORMAL -> normalPriority(lp.proc.nice, lp.estcpu);
            case Lwp.RTP_PRIO_IDLE -> 2 * MAXPRI + (lp.rtprioPrio & PRIMASK);
            case Lwp.RTP_PRIO_THREAD -> 3 * MAXPRI + (lp.rtprioPrio & PRIMASK);
            default -> throw Kassert.panic(gd, "Bad RTP_PRIO " + lp.rtprioType);
        };
    }

    private static void setPriority(Lwp lp, int newpriority) {
        lp.priority = newpriority;
        lp.rqtype = lp.rtprioType;
        lp.rqindex = (newpriority & PRIMASK) / PPQ;
    }
}
