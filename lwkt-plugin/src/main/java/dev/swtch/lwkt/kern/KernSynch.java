package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Errno.EINTR;
import static dev.swtch.lwkt.sys.Errno.ERESTART;
import static dev.swtch.lwkt.sys.Errno.EWOULDBLOCK;
import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_BLOCKED;
import static dev.swtch.lwkt.sys.Tdf.TDF_DELAYED_WAKEUP;
import static dev.swtch.lwkt.sys.Tdf.TDF_SINTR;
import static dev.swtch.lwkt.sys.Tdf.TDF_TIMEOUT;
import static dev.swtch.lwkt.sys.Tdf.TDF_TIMEOUT_RUNNING;
import static dev.swtch.lwkt.sys.Tdf.TDF_TSLEEPQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_TSLEEP_DESCHEDULED;
import static dev.swtch.lwkt.sys.Tsleep.PCATCH;
import static dev.swtch.lwkt.sys.Tsleep.PINTERLOCKED;

import dev.swtch.lwkt.sys.Callout;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/**
 * Sleeping, sys/kern/kern_synch.c. The result of a sleep is left in {@code td.error}. The locals that outlive a switch
 * are the message, the flags and the timeout in ticks, in this order in every frame.
 */
public final class KernSynch implements Synch {
    /** Signals from this one on interrupt a system call; lower ones restart it. */
    private static final int FIRST_INTERRUPTING = 16;

    private final LwktKernel k;
    private final SleepQueues queues;
    private final Wakeup wakeup;
    private final Setrunnable setrunnable;
    private final Frame<Flushed> delayedFlushed = new Frame<>("TSLEEP_FLUSHED", this::delayedFlushed);
    private final Frame<String> gotToken = new Frame<>("TSLEEP_TOKEN", this::gotToken);
    private final Frame<String> released = new Frame<>("TSLEEP_RELEASED", this::released);
    private final Frame<Object> woken = new Frame<>("TSLEEP_WOKEN", this::woken);
    private final Frame<Object> recalculated = new Frame<>("TSLEEP_RECALCULATED", this::recalculated);
    private final Frame<Object> timeoutRace = new Frame<>("TSLEEP_RACE", this::timeoutRace);
    private final Frame<Object> lwktSlept = new Frame<>("LWKT_SLEPT", this::lwktSlept);

    /** Makes the sleep queues of a kernel. */
    public KernSynch(LwktKernel k) {
        this.k = k;
        this.queues = new SleepQueues(k.uschedMastermask.count());
        this.wakeup = new Wakeup(k, queues);
        this.setrunnable = new Setrunnable(k, queues);
    }

    /** Waking. */
    public Wakeup wakeups() {
        return wakeup;
    }

    /** Making sleepers runnable, and signals. */
    public Setrunnable setrunnable() {
        return setrunnable;
    }

    /** The sleep queues. */
    public SleepQueues queues() {
        return queues;
    }

    @Override
    public Next wakeup(Globaldata gd, Ident ident) {
        return wakeup.wakeup(gd, ident);
    }

    @Override
    public Next wakeupMycpu(Globaldata gd, Ident ident) {
        return wakeup.wakeupMycpu(gd, ident);
    }

    @Override
    public void tsleepInterlockInCrit(Globaldata gd, Ident ident, int flags) {
        kkassert(gd.curthread.critcount > 0, gd, "_tsleep_interlock", "td->td_critcount > 0");
        queues.interlock(gd, ident, flags);
    }

    /** {@code tsleep_interlock}, sys/kern/kern_synch.c: a wakeup from now on ends the sleep to come. */
    public Next tsleepInterlock(Globaldata gd, Ident ident, int flags) {
        gd.critEnter();
        queues.interlock(gd, ident, flags);
        return k.splz.critExit(gd);
    }

    @Override
    public void tsleepRemove(Globaldata gd, LwktThread td) {
        queues.remove(gd, td);
    }

    // ---- tsleep -------------------------------------------------------------------------------------------------

    /** {@code tsleep}, sys/kern/kern_synch.c. */
    @Override
    public Next tsleep(Globaldata gd, Ident ident, int flags, String wmesg, int timo) {
        if (gd.curthread.has(TDF_DELAYED_WAKEUP)) {
            gd.cpu.push(delayedFlushed, new Flushed(ident, wmesg), flags, timo);
            return wakeup.wakeupEndDelayed(gd);
        }
        return begin(gd, ident, flags, wmesg, timo);
    }

    private Next delayedFlushed(Cpu cpu, Flushed args, int flags, long timo) {
        return begin(Globaldata.of(cpu), args.ident, flags, args.wmesg, (int) timo);
    }

    private Next begin(Globaldata gd, Ident ident, int flags, String wmesg, int timo) {
        LwktThread td = gd.curthread;
        kkassert(td != gd.idlethread, gd, "tsleep", "td != &gd->gd_idlethread");
        td.wakefromcpu = -1;
        gd.critEnter();
        Lwp lp = td.lwp;
        if (lp != null && lp.stat == Lwp.Stat.SLEEP) {
            throw Kassert.failed(
                    gd,
                    "tsleep",
                    "lp == NULL || lp->lwp_stat == LSRUN || lp->lwp_stat == LSSTOP",
                    "tsleep " + ident.name + " " + wmesg + " " + lp.stat);
        }
        if ((flags & PINTERLOCKED) == 0) {
            queues.interlock(gd, ident, flags);
        }
        if (lp != null) {
            gd.cpu.push(gotToken, wmesg, flags, timo);
            return k.tokens.lwktGettoken(gd, lp.token);
        }
        return fallAsleep(gd, wmesg, flags, timo);
    }

    /** Holding its token, the LWP looks for a signal and gives up its designation. */
    private Next gotToken(Cpu cpu, String wmesg, int flags, long timo) {
        Globaldata gd = Globaldata.of(cpu);
        Lwp lp = lwp(gd);
        if ((flags & PCATCH) != 0) {
            if (lp.sigpend != 0) {
                return resume(gd, flags, 0);
            }
            lp.sintr = true;
        }
        cpu.push(released, wmesg, flags, timo);
        return lp.proc.usched.releaseCurproc(gd, lp);
    }

    private Next released(Cpu cpu, String wmesg, int flags, long timo) {
        Globaldata gd = Globaldata.of(cpu);
        lwp(gd).slptime = 0;
        return fallAsleep(gd, wmesg, flags, timo);
    }

    private Next fallAsleep(Globaldata gd, String wmesg, int flags, long timo) {
        LwktThread td = gd.curthread;
        if (!td.has(TDF_TSLEEPQ)) {
            return resume(gd, flags, 0);
        }
        k.schedule.lwktDescheduleSelfInCrit(gd, td);
        td.flags |= TDF_TSLEEP_DESCHEDULED;
        td.wmesg = wmesg;
        kkassert(!td.has(TDF_TIMEOUT), gd, "tsleep", "(td->td_flags & TDF_TIMEOUT) == 0");
        if (timo != 0) {
            k.timeout.calloutReset(gd, thandle(td), (int) timo);
        }
        Lwp lp = td.lwp;
        if (lp != null) {
            kkassert(!lp.hasMp(LWP_MP_ONRUNQ), gd, "tsleep", "(lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0");
            if (lp.stat != Lwp.Stat.STOP) {
                lp.stat = Lwp.Stat.SLEEP;
            }
            ++lp.nvcsw;
            lp.proc.usched.uloadUpdate(gd, lp);
        }
        gd.cpu.push(woken, flags, timo);
        return k.lwktSwitch.lwktSwitch(gd);
    }

    private Callout thandle(LwktThread td) {
        Callout thandle = td.thandle;
        if (thandle == null) {
            thandle = new Callout(setrunnable::endtsleep, td);
            td.thandle = thandle;
        }
        return thandle;
    }

    private Next woken(Cpu cpu, Object ref, int flags, long timo) {
        Globaldata gd = Globaldata.of(cpu);
        Lwp lp = gd.curthread.lwp;
        if (lp != null) {
            lp.stat = Lwp.Stat.RUN;
            if (lp.slptime != 0) {
                lp.proc.usched.uloadUpdate(gd, lp);
                cpu.push(recalculated, flags, timo);
                return lp.proc.usched.recalculate(gd, lp);
            }
        }
        return timedOut(gd, flags, timo);
    }

    private Next recalculated(Cpu cpu, Object ref, int flags, long timo) {
        Globaldata gd = Globaldata.of(cpu);
        lwp(gd).slptime = 0;
        return timedOut(gd, flags, timo);
    }

    /** Waits for a timeout handler that is at work; a timeout that was set wins over a wakeup. */
    private Next timedOut(Globaldata gd, int flags, long timo) {
        LwktThread td = gd.curthread;
        kkassert(gd == td.gd, gd, "tsleep", "gd == td->td_gd");
        int error = 0;
        if (timo != 0) {
            if (td.has(TDF_TIMEOUT_RUNNING)) {
                k.schedule.lwktDescheduleSelfInCrit(gd, td);
                td.wmesg = "tsrace";
                gd.cpu.push(timeoutRace, flags, timo);
                return k.lwktSwitch.lwktSwitch(gd);
            }
            if (td.has(TDF_TIMEOUT)) {
                td.flags &= ~TDF_TIMEOUT;
                error = EWOULDBLOCK;
            } else {
                k.timeout.calloutStop(gd, thandle(td));
            }
        }
        td.flags &= ~TDF_TSLEEP_DESCHEDULED;
        queues.remove(gd, td);
        td.wmesg = null;
        return resume(gd, flags, error);
    }

    private Next timeoutRace(Cpu cpu, Object ref, int flags, long timo) {
        Globaldata gd = Globaldata.of(cpu);
        String comm = gd.curthread.comm;
        k.console.kprintf("td " + comm + " " + comm + ": timeout race\n");
        return timedOut(gd, flags, timo);
    }

    private Next resume(Globaldata gd, int flags, int error) {
        LwktThread td = gd.curthread;
        Lwp lp = td.lwp;
        td.error = error;
        if (lp != null) {
            if ((flags & PCATCH) != 0 && error == 0) {
                td.error = cursig(lp);
            }
            lp.sintr = false;
            k.tokens.lwktReltoken(gd, lp.token);
        }
        return k.splz.critExit(gd);
    }

    /** What a pending signal makes of a sleep: from 16 on it interrupts, below it restarts. */
    private static int cursig(Lwp lp) {
        if (lp.sigpend == 0) {
            return 0;
        }
        return lp.sigpend >= FIRST_INTERRUPTING ? EINTR : ERESTART;
    }

    private static Lwp lwp(Globaldata gd) {
        Lwp lp = gd.curthread.lwp;
        if (lp == null) {
            throw gd.cpu.violation("no-lwp", gd.curthread.comm + " sleeps as an LWP but is none");
        }
        return lp;
    }

    // ---- lwkt_sleep ---------------------------------------------------------------------------------------------

    /** {@code lwkt_sleep}, sys/kern/kern_synch.c, in a critical section: sleeps until scheduled. */
    public Next lwktSleep(Globaldata gd, String wmesg, int flags) {
        LwktThread td = gd.curthread;
        Lwp lp = td.lwp;
        td.error = 0;
        int sintr = 0;
        if ((flags & PCATCH) != 0 && lp != null) {
            if (lp.sigpend != 0) {
                td.error = cursig(lp);
                return Next.RETURN;
            }
            sintr = TDF_SINTR;
        }
        td.flags |= TDF_BLOCKED | sintr;
        td.wmesg = wmesg;
        k.schedule.lwktDescheduleSelfInCrit(gd, td);
        gd.cpu.push(lwktSlept, sintr, 0);
        return k.lwktSwitch.lwktSwitch(gd);
    }

    private Next lwktSlept(Cpu cpu, Object ref, int sintr, long b) {
        LwktThread td = Globaldata.of(cpu).curthread;
        td.flags &= ~(TDF_BLOCKED | sintr);
        td.wmesg = null;
        return Next.RETURN;
    }

    /** What is left of a sleep whose thread first has to issue its delayed wakeups: rare. */
    private record Flushed(Ident ident, String wmesg) {}
}
