package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Usched;
import dev.swtch.machine.Next;
import org.jspecify.annotations.Nullable;

/** What the periodic clocks do for scheduling, sys/kern/kern_clock.c. */
public final class KernClock {
    /** {@code hz}: hardclocks per second. */
    public static final int HZ = 100;

    /** {@code ESTCPUFREQ}: ticks of the schedclock per second. */
    public static final int ESTCPUFREQ = 50;

    /** {@code gd_schedclock.periodic}. */
    public static final int SCHEDCLOCK_PERIOD = 20_000;

    /** {@code FSHIFT}: binary digits behind the point of {@code lwp_pctcpu}. */
    private static final int FSHIFT = 11;

    /** {@code ticks}: hardclocks of CPU 0. */
    public int ticks;

    /** {@code sched_ticks}: schedclocks of CPU 0. */
    public int schedTicks;

    private final LwktKernel k;
    private @Nullable Usched usched;

    KernClock(LwktKernel k) {
        this.k = k;
    }

    /** {@code usched_ctl}, sys/kern/kern_usched.c: a user scheduler wants to know of ticks that find no LWP running. */
    public void register(Usched scheduler) {
        usched = scheduler;
    }

    /** {@code hardclock}, sys/kern/kern_clock.c: in the timer interrupt. */
    public Next hardclock(Globaldata gd) {
        if (gd.cpuid == 0) {
            ++ticks;
        }
        LwktRunq.lwktSchedulerclock(gd, gd.curthread);
        return k.timeout.hardclockSofttick(gd);
    }

    /**
     * {@code schedclock}, sys/kern/kern_clock.c, up to its call of the user scheduler, in the timer interrupt.
     * {@link #schedclockDone} is the rest.
     */
    public Next schedclock(Globaldata gd) {
        Lwp lp = LwktPreempt.lwktPreemptedProc(gd);
        if (lp == null) {
            return usched == null ? Next.RETURN : usched.idleSchedulerclock(gd);
        }
        ++lp.cpticks;
        return lp.proc.usched.schedulerclock(gd, lp);
    }

    /** The end of {@code schedclock}. */
    public void schedclockDone(Globaldata gd) {
        if (gd.cpuid == 0) {
            ++schedTicks;
        }
    }

    /** {@code updatepcpu}, sys/kern/kern_synch.c: the share of a CPU over a second. */
    public static void updatepcpu(Lwp lp, int cpticks, int ttlticks) {
        int acc = Integer.divideUnsigned(cpticks << FSHIFT, ttlticks);
        if (ttlticks >= ESTCPUFREQ) {
            lp.pctcpu = acc;
        } else {
            int remticks = ESTCPUFREQ - ttlticks;
            lp.pctcpu = Integer.divideUnsigned(acc * ttlticks + lp.pctcpu * remticks, ESTCPUFREQ);
        }
    }
}
