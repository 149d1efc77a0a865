package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ULOAD;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/** Estimates of CPU use and the priorities that follow, sys/kern/usched_dfly.c. */
final class DflyPriority implements Recalculation.Estimator {
    private static final int FSHIFT = 11;
    private static final int NO_CPU = -1;

    private final LwktKernel k;
    private final UschedDfly dfly;
    private final DflyTunables tunables;
    private final Recalculation recalculation = new Recalculation(this);

    DflyPriority(LwktKernel k, UschedDfly dfly, DflyTunables tunables) {
        this.k = k;
        this.dfly = dfly;
        this.tunables = tunables;
    }

    /** {@code lptouload}: the load an LWP stands for; a nice one counts less. */
    static int uload(int nice, int estcpu) {
        int uload = estcpu / UserPriority.NQS;
        return uload - uload * nice / (UserPriority.PRIO_MAX + 1);
    }

    /** {@code dfly_recalculate_estcpu}, sys/kern/usched_dfly.c: at most once a tick. */
    Next recalculate(Globaldata gd, Lwp lp) {
        return recalculation.recalculate(gd, lp);
    }

    /** By its share of the last second, whatever it used of the interval. */
    @Override
    public void estimate(Lwp lp, int ttlticks) {
        average(lp, lastSecond(lp));
    }

    @Override
    public void slept(Lwp lp) {
        lp.estfast = 0;
    }

    /** The use of the last second, the more the more LWPs there are than CPUs. */
    private int lastSecond(Lwp lp) {
        int estcpu = lp.pctcpu * UserPriority.ESTCPUMAX >>> FSHIFT;
        int over = dfly.ucount() - dfly.ncpus();
        if (over > 0) {
            estcpu += estcpu * over / dfly.ncpus();
        }
        return estcpu;
    }

    /** Averages exponentially, faster for an LWP that is new. */
    void average(Lwp lp, int estcpu) {
        int weight = lp.estfast < tunables.decay ? ++lp.estfast : UserPriority.decayFactor(tunables.decay);
        lp.estcpu = UserPriority.averaged(lp.estcpu, weight, estcpu);
    }

    /** {@code dfly_resetpriority}, sys/kern/usched_dfly.c: may ask the LWP's CPU to reschedule. */
    @Override
    public Next resetpriority(Globaldata gd, Lwp lp) {
        gd.critEnter();
        int rcpu = lp.qcpu;
        DflyPcpu rdd = dfly.pcpu(rcpu);
        rdd.spin.lock(gd);
        int newpriority = UserPriority.of(gd, lp, lp.estcpu);
        lp.thread().upri = -(newpriority & tunables.swmask);
        boolean checkpri = true;
        if (UserPriority.queue(lp.priority ^ newpriority) != 0) {
            if (lp.hasMp(LWP_MP_ONRUNQ)) {
                dfly.queues.remrunqueueLocked(gd, rdd, lp);
                UserPriority.set(lp, newpriority);
                dfly.queues.setrunqueueLocked(gd, rdd, lp);
            } else {
                UserPriority.set(lp, newpriority);
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
                && (!checkpri || (rdd.upri & ~UserPriority.PRIMASK) > (lp.priority & ~UserPriority.PRIMASK));
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
}
