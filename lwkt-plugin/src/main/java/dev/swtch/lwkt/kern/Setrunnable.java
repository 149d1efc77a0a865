package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Rqf.RQF_AST_SIGNAL;
import static dev.swtch.lwkt.sys.Tdf.TDF_SINTR;
import static dev.swtch.lwkt.sys.Tdf.TDF_TIMEOUT;
import static dev.swtch.lwkt.sys.Tdf.TDF_TIMEOUT_RUNNING;
import static dev.swtch.lwkt.sys.Tdf.TDF_TSLEEP_DESCHEDULED;

import dev.swtch.lwkt.sys.Callout;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** Ending a sleep from outside: {@code setrunnable}, timeouts (sys/kern/kern_synch.c) and signals (sys/kern/kern_sig.c). */
public final class Setrunnable {
    private final LwktKernel k;
    private final SleepQueues queues;
    private final Frame<LwktThread> gotToken = new Frame<>("ENDTSLEEP_TOKEN", this::gotToken);
    private final Frame<LwktThread> runnable = new Frame<>("ENDTSLEEP_RUNNABLE", this::runnable);
    private final Frame<LwktThread> scheduled = new Frame<>("ENDTSLEEP_SCHEDULED", this::scheduled);
    private final IpiFunction<Lwp> signotifyRemote =
            new IpiFunction<>("sig", (gd, lp, arg2, frame) -> lwpSignotifyRemote(gd, lp));

    Setrunnable(LwktKernel k, SleepQueues queues) {
        this.k = k;
        this.queues = queues;
    }

    /** {@code setrunnable}, sys/kern/kern_synch.c: the LWP's token is held and this is its CPU. */
    public Next setrunnable(Globaldata gd, Lwp lp) {
        LwktThread td = lp.thread();
        kkassert(td.gd == gd, gd, "setrunnable", "td->td_gd == mycpu");
        gd.critEnter();
        if (lp.stat == Lwp.Stat.STOP) {
            lp.stat = Lwp.Stat.SLEEP;
        }
        if (lp.stat == Lwp.Stat.SLEEP) {
            queues.remove(gd, td);
            k.splz.pushCritExit(gd);
            return k.schedule.lwktSchedule(gd, td);
        }
        if (td.has(TDF_SINTR)) {
            k.splz.pushCritExit(gd);
            return k.schedule.lwktSchedule(gd, td);
        }
        return k.splz.critExit(gd);
    }

    // ---- timeouts -----------------------------------------------------------------------------------------------

    /** {@code endtsleep}, sys/kern/kern_synch.c: called by the softclock thread of the sleeper's CPU. */
    Next endtsleep(Globaldata gd, Callout thandle) {
        LwktThread td = thandle.arg;
        if (td == null) {
            throw gd.cpu.violation("no-sleeper", "a sleep's timeout belongs to no thread");
        }
        kkassert(td.gd == gd, gd, "endtsleep", "td->td_gd == mycpu");
        gd.critEnter();
        td.flags |= TDF_TIMEOUT_RUNNING | TDF_TIMEOUT;
        Lwp lp = td.lwp;
        if (lp != null) {
            gd.cpu.push(gotToken, td);
            return k.tokens.lwktGettoken(gd, lp.token);
        }
        return gotToken(gd.cpu, td, 0, 0);
    }

    private Next gotToken(Cpu cpu, LwktThread td, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        kkassert(td.has(TDF_TSLEEP_DESCHEDULED), gd, "endtsleep", "td->td_flags & TDF_TSLEEP_DESCHEDULED");
        Lwp lp = td.lwp;
        if (lp != null) {
            kkassert(lp.stat != Lwp.Stat.STOP, gd, "endtsleep", "lp->lwp_stat != LSSTOP");
            cpu.push(runnable, td);
            return setrunnable(gd, lp);
        }
        queues.remove(gd, td);
        cpu.push(scheduled, td);
        return k.schedule.lwktSchedule(gd, td);
    }

    private Next runnable(Cpu cpu, LwktThread td, int a, long b) {
        Lwp lp = td.lwp;
        if (lp != null) {
            k.tokens.lwktReltoken(Globaldata.of(cpu), lp.token);
        }
        return scheduled(cpu, td, 0, 0);
    }

    private Next scheduled(Cpu cpu, LwktThread td, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        kkassert(td.gd == gd, gd, "endtsleep", "td->td_gd == mycpu");
        td.flags &= ~TDF_TIMEOUT_RUNNING;
        return k.splz.critExit(gd);
    }

    // ---- signals ------------------------------------------------------------------------------------------------

    /** {@code lwp_signotify}, sys/kern/kern_sig.c: a signal was posted; the LWP's token is held. */
    public Next lwpSignotify(Globaldata gd, Lwp lp) {
        gd.critEnter();
        if (lp == LwktPreempt.lwktPreemptedProc(gd)) {
            gd.setReqflags(RQF_AST_SIGNAL);
            return k.splz.critExit(gd);
        }
        if (lp.sintr || lp.thread().has(TDF_SINTR)) {
            k.splz.pushCritExit(gd);
            if (lp.thread().gd == gd) {
                return setrunnable(gd, lp);
            }
            if (lp.stat == Lwp.Stat.STOP) {
                lp.stat = Lwp.Stat.SLEEP;
            }
            return k.ipiq.lwktSendIpiq(gd, lp.thread().gd, signotifyRemote, lp);
        }
        return k.splz.critExit(gd);
    }

    /** {@code lwp_signotify_remote}, sys/kern/kern_sig.c. */
    private Next lwpSignotifyRemote(Globaldata gd, Lwp lp) {
        LwktThread td = lp.thread();
        if (lp == LwktPreempt.lwktPreemptedProc(gd)) {
            gd.setReqflags(RQF_AST_SIGNAL);
            return Next.RETURN;
        }
        if (td.gd != gd) {
            return k.ipiq.lwktSendIpiq(gd, td.gd, signotifyRemote, lp);
        }
        return lp.sintr || td.has(TDF_SINTR) ? k.schedule.lwktSchedule(gd, td) : Next.RETURN;
    }
}
