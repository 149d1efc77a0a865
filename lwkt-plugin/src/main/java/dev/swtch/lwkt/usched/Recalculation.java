package dev.swtch.lwkt.usched;

import dev.swtch.lwkt.kern.KernClock;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/**
 * What {@code dfly_recalculate_estcpu} (sys/kern/usched_dfly.c) and {@code bsd4_recalculate_estcpu}
 * (sys/kern/usched_bsd4.c) do alike: at most once a tick, an LWP's use of the CPU since the last time is estimated.
 *
 * <p>Times are unsigned: an LWP that comes from a CPU whose clock is ahead has an interval of more than two hundred
 * thousand ticks, and the kernel's test for a negative one never succeeds.
 */
final class Recalculation {
    private final Estimator estimator;
    private final Frame<Lwp> sleptLong = new Frame<>("RECALC_SLEPT", this::sleptLong);
    private final Frame<Lwp> averaged = new Frame<>("RECALC_AVERAGED", this::averaged);

    Recalculation(Estimator estimator) {
        this.estimator = estimator;
    }

    /** What differs. */
    interface Estimator {
        /** Changes the LWP's estimate after an interval of some ticks, of which it used {@code lwp_cpticks}. */
        void estimate(Lwp lp, int ttlticks);

        /** The LWP's priority follows its estimate. */
        Next resetpriority(Globaldata gd, Lwp lp);

        /** The LWP slept for more than a second; its estimate was halved. */
        void slept(Lwp lp);
    }

    Next recalculate(Globaldata gd, Lwp lp) {
        int cpbase = gd.schedclockTime - KernClock.SCHEDCLOCK_PERIOD;
        if (lp.slptime > 1) {
            lp.estcpu = lp.estcpu >> 1;
            gd.cpu.push(sleptLong, lp, cpbase, 0);
            return estimator.resetpriority(gd, lp);
        }
        if (lp.cpbase == cpbase) {
            return Next.RETURN;
        }
        int ttlticks = Integer.divideUnsigned(cpbase - lp.cpbase, KernClock.SCHEDCLOCK_PERIOD);
        if (ttlticks == 0) {
            return Next.RETURN;
        }
        KernClock.updatepcpu(lp, lp.cpticks, ttlticks);
        estimator.estimate(lp, ttlticks);
        gd.cpu.push(averaged, lp, ttlticks, 0);
        return estimator.resetpriority(gd, lp);
    }

    private Next sleptLong(Cpu cpu, Lwp lp, int cpbase, long b) {
        lp.cpbase = cpbase;
        lp.cpticks = 0;
        estimator.slept(lp);
        return Next.RETURN;
    }

    private Next averaged(Cpu cpu, Lwp lp, int ttlticks, long b) {
        lp.cpbase += ttlticks * KernClock.SCHEDCLOCK_PERIOD;
        lp.cpticks = 0;
        return Next.RETURN;
    }
}
