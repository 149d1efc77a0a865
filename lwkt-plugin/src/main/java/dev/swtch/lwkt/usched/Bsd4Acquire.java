package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_TSLEEPQ;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/**
 * {@code bsd4_acquire_curproc}, sys/kern/usched_bsd4.c: an LWP on its way to user mode becomes its CPU's designated one,
 * or goes to the user run queues until a CPU chooses it.
 */
final class Bsd4Acquire {
    private final LwktKernel k;
    private final UschedBsd4 bsd4;
    private final Frame<Lwp> recalculated = new Frame<>("BSD4_RECALCULATED", this::recalculated);
    private final Frame<Lwp> loop = new Frame<>("BSD4_ACQUIRE", this::loop);
    private final Frame<Lwp> yielded = new Frame<>("BSD4_YIELDED", this::yielded);
    private final Frame<Lwp> queued = new Frame<>("BSD4_QUEUED", this::queued);
    private final Frame<Lwp> switched = new Frame<>("BSD4_SWITCHED", this::switched);
    private final Frame<Lwp> acquired = new Frame<>("BSD4_ACQUIRED", this::acquired);

    Bsd4Acquire(LwktKernel k, UschedBsd4 bsd4) {
        this.k = k;
        this.bsd4 = bsd4;
    }

    Next acquireCurproc(Globaldata gd, Lwp lp) {
        LwktThread td = lp.thread();
        gd.critEnter();
        if (td.has(TDF_TSLEEPQ)) {
            k.synch.tsleepRemove(gd, td);
        }
        gd.cpu.push(recalculated, lp);
        return bsd4.recalculate(gd, lp);
    }

    private Next recalculated(Cpu cpu, Lwp lp, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        if (gd.userReschedWanted()) {
            gd.clearUserResched();
            cpu.push(loop, lp);
            return bsd4.releaseCurproc(gd, lp);
        }
        return loop(cpu, lp, 0, 0);
    }

    private Next loop(Cpu cpu, Lwp lp, int a, long b) {
        cpu.push(yielded, lp);
        return k.yields.lwktYield(Globaldata.of(cpu));
    }

    private Next yielded(Cpu cpu, Lwp lp, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        Bsd4Pcpu dd = bsd4.pcpu(gd.cpuid);
        if (dd.uschedcp == lp) {
            return designated(gd, dd, lp);
        }
        if (dd.uschedcp == null) {
            cpu.charge(Charge.ATOMIC);
            bsd4.curprocmask.add(dd.cpuid);
            return designated(gd, dd, lp);
        }
        if (dd.upri > lp.priority) {
            return designated(gd, dd, lp);
        }
        k.schedule.lwktDescheduleSelfInCrit(gd, lp.thread());
        cpu.push(queued, lp);
        return bsd4.setrunqueue(gd, lp);
    }

    /** It is the designated one, whoever was; that one finds out when it next wants to go to user mode. */
    private Next designated(Globaldata gd, Bsd4Pcpu dd, Lwp lp) {
        dd.uschedcp = lp;
        dd.upri = lp.priority;
        gd.cpu.push(acquired, lp);
        return k.splz.critExit(gd);
    }

    private Next queued(Cpu cpu, Lwp lp, int a, long b) {
        cpu.push(switched, lp);
        return k.lwktSwitch.lwktSwitch(Globaldata.of(cpu));
    }

    /** It runs again, perhaps on another CPU: chosen by that CPU, unless a better one took its place since. */
    private Next switched(Cpu cpu, Lwp lp, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        if (bsd4.pcpu(gd.cpuid).uschedcp != lp) {
            return loop(cpu, lp, 0, 0);
        }
        cpu.push(acquired, lp);
        return k.splz.critExit(gd);
    }

    private Next acquired(Cpu cpu, Lwp lp, int a, long b) {
        kkassert(
                !lp.hasMp(LWP_MP_ONRUNQ),
                Globaldata.of(cpu),
                "bsd4_acquire_curproc",
                "(lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0");
        return Next.RETURN;
    }
}
