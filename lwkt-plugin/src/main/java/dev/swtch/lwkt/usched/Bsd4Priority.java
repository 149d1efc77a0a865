package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.usched.UserPriority.ESTCPUMAX;
import static dev.swtch.lwkt.usched.UserPriority.PPQMASK;
import static dev.swtch.lwkt.usched.UserPriority.PRIMASK;

import dev.swtch.lwkt.kern.KernClock;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Next;

/**
 * Estimates of CPU use and the priorities that follow, sys/kern/usched_bsd4.c. An LWP that uses much of a CPU for long
 * becomes a batch job, whose estimate counts more.
 */
final class Bsd4Priority implements Recalculation.Estimator {
    /** {@code BATCHMAX}: ticks of 30 seconds. */
    static final int BATCHMAX = KernClock.ESTCPUFREQ * 30;

    /** What a sleep of more than a second takes off. */
    private static final int BATCH_SLEPT = KernClock.ESTCPUFREQ;

    private final LwktKernel k;
    private final UschedBsd4 bsd4;
    private final Bsd4Notify notify;
    private final Recalculation recalculation = new Recalculation(this);

    Bsd4Priority(LwktKernel k, UschedBsd4 bsd4, Bsd4Notify notify) {
        this.k = k;
        this.bsd4 = bsd4;
        this.notify = notify;
    }

    /** The part of an estimate that counts: half of it, all of it for a batch job. */
    static int detuned(int estcpu, int batch) {
        return estcpu * (batch + BATCHMAX) / (2 * BATCHMAX);
    }

    /** {@code bsd4_recalculate_estcpu}, sys/kern/usched_bsd4.c: at most once a tick. */
    Next recalculate(Globaldata gd, Lwp lp) {
        return recalculation.recalculate(gd, lp);
    }

    /** By its share of one CPU in the interval, those that wait in the queues counted as if they had one. */
    @Override
    public void estimate(Lwp lp, int ttlticks) {
        int ncpus = bsd4.ncpus();
        int estcpu = Integer.divideUnsigned(lp.cpticks * ESTCPUMAX * (bsd4.runq.runqcount + ncpus), ncpus * ttlticks);
        if (estcpu > ESTCPUMAX / 2) {
            lp.batch = Math.min(lp.batch + ttlticks, BATCHMAX);
        } else {
            lp.batch = Math.max(lp.batch - ttlticks, 0);
        }
        lp.estcpu = UserPriority.averaged(lp.estcpu, UserPriority.decayFactor(bsd4.tunables.decay), estcpu);
    }

    @Override
    public void slept(Lwp lp) {
        lp.batch = Math.max(lp.batch - BATCH_SLEPT, 0);
    }

    /** {@code bsd4_resetpriority}, sys/kern/usched_bsd4.c: may ask the LWP's CPU to reschedule. */
    @Override
    public Next resetpriority(Globaldata gd, Lwp lp) {
        gd.critEnter();
        k.splz.pushCritExit(gd);
        bsd4.spin.lock(gd);
        int newpriority = UserPriority.of(gd, lp, detuned(lp.estcpu, lp.batch));
        lp.thread().upri = -(newpriority & ~PPQMASK);
        if (UserPriority.queue(lp.priority ^ newpriority) == 0) {
            lp.priority = newpriority;
            bsd4.spin.unlock(gd);
            return Next.RETURN;
        }
        boolean checkpri = lp.hasMp(LWP_MP_ONRUNQ);
        if (checkpri) {
            bsd4.runq.remove(gd, lp, "bsd4_remrunqueue_locked");
            UserPriority.set(lp, newpriority);
            bsd4.runq.insertTail(gd, lp, "bsd4_setrunqueue_locked");
        } else {
            UserPriority.set(lp, newpriority);
        }
        Bsd4Pcpu dd = bsd4.pcpu(lp.thread().gd.cpuid);
        boolean resched =
                bsd4.rdyprocmask.has(dd.cpuid) && (!checkpri || (dd.upri & ~PRIMASK) > (lp.priority & ~PRIMASK));
        bsd4.spin.unlock(gd);
        return resched ? reschedule(gd, dd) : Next.RETURN;
    }

    private Next reschedule(Globaldata gd, Bsd4Pcpu dd) {
        if (dd.gd == gd) {
            gd.needUserResched();
            return Next.RETURN;
        }
        notify.unready(gd, dd);
        return notify.send(gd, dd, true);
    }
}
