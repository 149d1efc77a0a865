package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_LOCK;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNNING;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_TSLEEPQ;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.ThreadHook;
import dev.swtch.lwkt.sys.Wait;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/** Moving threads between CPUs, sys/kern/lwkt_thread.c: pulled by the new CPU, or pushed by the thread itself. */
public final class LwktMigrate {
    /** Turns after which {@code lwkt_acquire} complains. */
    private static final int RETRY = 10_000_000;

    final IpiFunction<LwktThread> setcpuRemote =
            new IpiFunction<>("setcpu", (gd, td, arg2, frame) -> lwktSetcpuRemote(gd, td));

    private final LwktKernel k;
    private final Frame<LwktThread> acquireLoop = new Frame<>("ACQUIRE_LOOP", this::acquireLoop);
    private final Frame<LwktThread> acquireStop = new Frame<>("ACQUIRE_STOP", this::acquireStop);
    private final Frame<Globaldata> setcpuReleased = new Frame<>("SETCPU_RELEASED", this::setcpuReleased);
    private final Frame<Globaldata> setcpuArrived = new Frame<>("SETCPU_ARRIVED", this::setcpuArrived);

    LwktMigrate(LwktKernel k) {
        this.k = k;
    }

    // ---- pull ---------------------------------------------------------------------------------------------------

    /** {@code lwkt_giveaway}, sys/kern/lwkt_thread.c: a descheduled thread of this CPU may be pulled by any other. */
    public Next lwktGiveaway(Globaldata gd, LwktThread td) {
        gd.critEnter();
        giveaway(gd, td);
        return k.splz.critExit(gd);
    }

    /** {@code lwkt_giveaway} in a critical section, where its own exit from one cannot lose the CPU. */
    public void lwktGiveawayInCrit(Globaldata gd, LwktThread td) {
        kkassert(gd.curthread.critcount > 0, gd, "lwkt_giveaway", "td->td_critcount > 0");
        giveaway(gd, td);
    }

    private void giveaway(Globaldata gd, LwktThread td) {
        if (td.has(TDF_TSLEEPQ)) {
            k.synch.tsleepRemove(gd, td);
        }
        kkassert(td.gd == gd, gd, "lwkt_giveaway", "td->td_gd == gd");
        gd.cpu.charge(Charge.QUEUE_OP);
        gd.tdallq.remove(td);
        td.flags |= TDF_MIGRATING;
    }

    /** {@code lwkt_acquire}, sys/kern/lwkt_thread.c: pulls a thread, once its old CPU has switched it out. */
    public Next lwktAcquire(Globaldata mygd, LwktThread td) {
        kkassert(td.has(TDF_MIGRATING), mygd, "lwkt_acquire", "td->td_flags & TDF_MIGRATING");
        if (td.gd != mygd) {
            kkassert(!td.has(TDF_RUNQ), mygd, "lwkt_acquire", "(td->td_flags & TDF_RUNQ) == 0");
        }
        mygd.critEnter();
        return acquireTurn(mygd, td, RETRY);
    }

    private Next acquireTurn(Globaldata mygd, LwktThread td, int retry) {
        if (td.gd != mygd && td.hasAny(TDF_RUNNING | TDF_PREEMPT_LOCK)) {
            mygd.cpu.push(acquireStop, td, retry, 0);
            return k.ipiqProcess.lwktProcessIpiq(mygd);
        }
        mygd.cpu.charge(Charge.QUEUE_OP);
        td.gd = mygd;
        mygd.tdallq.insertTail(td);
        td.flags &= ~TDF_MIGRATING;
        return k.splz.critExit(mygd);
    }

    private Next acquireStop(Cpu cpu, LwktThread td, int retry, long b) {
        cpu.push(acquireLoop, td, retry, 0);
        return Globaldata.of(cpu).waitIn(Wait.ACQUIRE);
    }

    private Next acquireLoop(Cpu cpu, LwktThread td, int retry, long b) {
        if (retry == 1) {
            k.console.kprintf("lwkt_acquire: stuck: td " + td.comm + "\n");
            return acquireTurn(Globaldata.of(cpu), td, RETRY);
        }
        return acquireTurn(Globaldata.of(cpu), td, retry - 1);
    }

    // ---- push ---------------------------------------------------------------------------------------------------

    /** {@code lwkt_migratecpu}, sys/kern/lwkt_thread.c. */
    public Next lwktMigratecpu(Globaldata gd, int cpuid) {
        return lwktSetcpuSelf(gd, k.gd(cpuid));
    }

    /** {@code lwkt_setcpu_self}, sys/kern/lwkt_thread.c: the current thread moves to another CPU. */
    public Next lwktSetcpuSelf(Globaldata gd, Globaldata rgd) {
        LwktThread td = gd.curthread;
        if (td.gd != rgd) {
            gd.critEnter();
            ThreadHook release = td.release;
            if (release != null) {
                gd.cpu.push(setcpuReleased, rgd);
                return release.call(gd, td, 0);
            }
            return setcpuReleased(gd.cpu, rgd, 0, 0);
        }
        return Next.RETURN;
    }

    private Next setcpuReleased(Cpu cpu, Globaldata rgd, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        LwktThread td = gd.curthread;
        if (td.has(TDF_TSLEEPQ)) {
            k.synch.tsleepRemove(gd, td);
        }
        td.flags |= TDF_MIGRATING;
        k.schedule.lwktDescheduleSelfInCrit(gd, td);
        td.gd.tdallq.remove(td);
        cpu.charge(Charge.QUEUE_OP);
        td.migrateGd = rgd;
        cpu.push(setcpuArrived, rgd);
        return k.lwktSwitch.lwktSwitch(gd);
    }

    private Next setcpuArrived(Cpu cpu, Globaldata rgd, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        kkassert(rgd == gd, gd, "lwkt_setcpu_self", "rgd == mycpu");
        cpu.charge(Charge.QUEUE_OP);
        rgd.tdallq.insertTail(gd.curthread);
        return k.splz.critExit(gd);
    }

    /** {@code lwkt_setcpu_remote}, sys/kern/lwkt_thread.c: the thread was switched out and becomes this CPU's. */
    private Next lwktSetcpuRemote(Globaldata gd, LwktThread td) {
        kkassert(
                !td.hasAny(TDF_RUNNING | TDF_PREEMPT_LOCK),
                gd,
                "lwkt_setcpu_remote",
                "(td->td_flags & (TDF_RUNNING|TDF_PREEMPT_LOCK)) == 0");
        td.gd = gd;
        td.flags &= ~TDF_MIGRATING;
        kkassert(td.migrateGd == null, gd, "lwkt_setcpu_remote", "td->td_migrate_gd == NULL");
        Lwp lp = td.lwp;
        kkassert(
                lp == null || (lp.mpflags & LWP_MP_ONRUNQ) == 0,
                gd,
                "lwkt_setcpu_remote",
                "td->td_lwp == NULL || (td->td_lwp->lwp_mpflags & LWP_MP_ONRUNQ) == 0");
        LwktRunq.enqueue(gd, td);
        return Next.RETURN;
    }
}
