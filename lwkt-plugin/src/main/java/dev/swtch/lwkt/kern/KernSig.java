package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Lwp.LWP_MP_WSTOP;
import static dev.swtch.lwkt.sys.Rqf.RQF_AST_SIGNAL;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNNING;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/**
 * Stopping and continuing LWPs, sys/kern/kern_sig.c: an LWP stops itself on its way to user mode.
 *
 * <p>Deviation: what {@code p_stat == SSTOP} says of a whole process is kept for each LWP. An LWP in user mode on another
 * CPU is told by an IPI message; the seed lets it run until its next trap.
 */
public final class KernSig {
    private final LwktKernel k;
    private final IpiFunction<LwktThread> signotify =
            new IpiFunction<>("stop", (gd, td, arg2, frame) -> signotify(gd, td));
    private final Frame<Lwp> stopAgain = new Frame<>("TSTOP", this::stopAgain);

    KernSig(LwktKernel k) {
        this.k = k;
    }

    /** {@code proc_stop}, sys/kern/kern_sig.c, for one LWP: one that sleeps counts as stopped at once. */
    public Next procStop(Globaldata gd, Lwp lp, Ident channel) {
        lp.stopChannel = channel;
        lp.stopRequested = true;
        gd.cpu.charge(Charge.ATOMIC);
        LwktThread td = lp.thread();
        if (lp.stat == Lwp.Stat.SLEEP) {
            lp.mpflags |= LWP_MP_WSTOP;
            return Next.RETURN;
        }
        if (td.gd == gd || !td.has(TDF_RUNNING)) {
            return signotify(gd, td);
        }
        return k.ipiq.lwktSendIpiq(gd, td.gd, signotify, td);
    }

    /** {@code lwp_signotify}, sys/kern/kern_sig.c: an LWP that runs or was preempted here looks again. */
    private static Next signotify(Globaldata gd, LwktThread td) {
        if (td.lwp == LwktPreempt.lwktPreemptedProc(gd)) {
            gd.setReqflags(RQF_AST_SIGNAL);
        }
        return Next.RETURN;
    }

    /** {@code proc_unstop}, sys/kern/kern_sig.c, for one LWP. */
    public Next procUnstop(Globaldata gd, Lwp lp) {
        Ident channel = lp.stopChannel;
        lp.stopRequested = false;
        gd.cpu.charge(Charge.ATOMIC);
        lp.mpflags &= ~LWP_MP_WSTOP;
        return channel == null ? Next.RETURN : k.synch.wakeup(gd, channel);
    }

    /** {@code tstop}, sys/kern/kern_sig.c: the current LWP sleeps until it is continued. */
    Next tstop(Globaldata gd, Lwp lp) {
        gd.cpu.push(stopAgain, lp);
        return k.tokens.lwktGettoken(gd, lp.token);
    }

    private Next stopAgain(Cpu cpu, Lwp lp, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        Ident channel = lp.stopChannel;
        if (!lp.stopRequested || channel == null) {
            lp.mpflags &= ~LWP_MP_WSTOP;
            k.tokens.lwktReltoken(gd, lp.token);
            return Next.RETURN;
        }
        lp.mpflags |= LWP_MP_WSTOP;
        lp.stat = Lwp.Stat.STOP;
        cpu.push(stopAgain, lp);
        return k.synch.tsleep(gd, channel, 0, "stop", 0);
    }
}
