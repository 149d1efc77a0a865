package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_WEXIT;
import static dev.swtch.lwkt.sys.Tdf.TDF_EXITING;
import static dev.swtch.lwkt.sys.Tdf.TDF_MP_EXITSIG;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_LOCK;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNNING;
import static dev.swtch.lwkt.sys.Tdf.TDF_TSLEEPQ;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** LWPs leave, sys/kern/kern_exit.c: the parts that matter for scheduling. */
public final class KernExit {
    private final LwktKernel k;
    private final Frame<Lwp> released = new Frame<>("LWP_EXIT_RELEASED", this::released);
    private final Frame<Lwp> queued = new Frame<>("LWP_EXIT_QUEUED", this::queued);
    private final Frame<Object> woken = new Frame<>("LWP_EXIT_WOKEN", this::woken);

    KernExit(LwktKernel k) {
        this.k = k;
    }

    /** {@code lwp_exit}, sys/kern/kern_exit.c: the current LWP leaves; with the last one the process does. */
    public Next lwpExit(Globaldata gd, Lwp lp) {
        Proc p = lp.proc;
        if (p.lwps.size() == 1) {
            p.stat = Proc.Stat.ZOMB;
            k.proc.remove(p);
        }
        gd.cpu.push(released, lp);
        return p.usched.releaseCurproc(gd, lp);
    }

    private Next released(Cpu cpu, Lwp lp, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        Proc p = lp.proc;
        lp.mpflags |= LWP_MP_WEXIT;
        if (p.stat != Proc.Stat.ZOMB) {
            p.lwps.remove(lp.tid);
            cpu.push(queued, lp);
            return k.reaper.enqueue(gd, lp);
        }
        return queued(cpu, lp, 0, 0);
    }

    private Next queued(Cpu cpu, Lwp lp, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        Proc p = lp.proc;
        p.usched.heuristicExiting(gd, lp);
        if (p.lwps.size() <= 1) {
            cpu.push(woken);
            return k.synch.wakeup(gd, p.nthreads);
        }
        return woken(cpu, lp, 0, 0);
    }

    /** {@code cpu_lwp_exit}, platform/pc64/x86_64/vm_machdep.c. */
    private Next woken(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        LwktThread td = gd.curthread;
        ++gd.vSwtch;
        gd.critEnter();
        if (td.has(TDF_TSLEEPQ)) {
            k.synch.tsleepRemove(gd, td);
        }
        k.schedule.lwktDescheduleSelfInCrit(gd, td);
        k.threads.lwktRemoveTdallq(gd, td);
        return k.swtch.cpuThreadExit(gd);
    }

    /** {@code lwp_wait} and {@code lwp_dispose}, sys/kern/kern_exit.c: frees the thread if it is out for good. */
    public boolean lwpReap(Globaldata gd, Lwp lp) {
        LwktThread td = lp.thread();
        if ((td.mpflags & TDF_MP_EXITSIG) == 0
                || td.refs != 0
                || (td.flags & (TDF_RUNNING | TDF_PREEMPT_LOCK | TDF_EXITING)) != TDF_EXITING) {
            return false;
        }
        kkassert(LwktPreempt.lwktPreemptedProc(gd) != lp, gd, "lwp_dispose", "lwkt_preempted_proc() != lp");
        k.threads.lwktFreeThread(gd, td);
        return true;
    }
}
