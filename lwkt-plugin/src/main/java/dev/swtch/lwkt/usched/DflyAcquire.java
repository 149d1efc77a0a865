package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_MP_BATCH_DEMARC;
import static dev.swtch.lwkt.sys.Tdf.TDF_MP_DIDYIELD;
import static dev.swtch.lwkt.sys.Tdf.TDF_TSLEEPQ;
import static dev.swtch.lwkt.usched.UserRunq.NORMAL;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/**
 * {@code dfly_acquire_curproc}, sys/kern/usched_dfly.c: an LWP on its way to user mode becomes its CPU's designated one,
 * or goes to a user run queue, perhaps another CPU's, until it is chosen.
 *
 * <p>Whether it is to be placed anew although it could stay, {@code force_resched}, is the int of every frame.
 */
final class DflyAcquire {
    private static final int NO_FORCE = 0;
    private static final int FORCE = 1;

    private final LwktKernel k;
    private final UschedDfly dfly;
    private final DflyTunables tunables;
    private final Frame<Lwp> recalculated = new Frame<>("ACQUIRE_RECALCULATED", this::recalculated);
    private final Frame<Lwp> released = new Frame<>("ACQUIRE_RELEASED", this::released);
    private final Frame<Lwp> loop = new Frame<>("ACQUIRE_CURPROC", this::loop);
    private final Frame<Lwp> yielded = new Frame<>("ACQUIRE_YIELDED", this::yielded);
    private final Frame<Lwp> queued = new Frame<>("ACQUIRE_QUEUED", this::queued);
    private final Frame<Lwp> queuedYield = new Frame<>("ACQUIRE_QUEUED_YIELD", this::queuedYield);
    private final Frame<Lwp> acquired = new Frame<>("ACQUIRED", this::acquired);

    DflyAcquire(LwktKernel k, UschedDfly dfly, DflyTunables tunables) {
        this.k = k;
        this.dfly = dfly;
        this.tunables = tunables;
    }

    Next acquireCurproc(Globaldata gd, Lwp lp) {
        LwktThread td = lp.thread();
        gd.critEnter();
        if (td.has(TDF_TSLEEPQ)) {
            k.synch.tsleepRemove(gd, td);
        }
        gd.cpu.push(recalculated, lp);
        return dfly.recalculate(gd, lp);
    }

    private Next recalculated(Cpu cpu, Lwp lp, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        int force = NO_FORCE;
        if ((lp.thread().mpflags & TDF_MP_BATCH_DEMARC) != 0 && lp.rrcount >= tunables.rrinterval / 2) {
            force = FORCE;
        }
        if (gd.userReschedWanted()) {
            if (dfly.pcpu(gd.cpuid).uschedcp == lp) {
                force = FORCE;
            }
            gd.clearUserResched();
            cpu.push(released, lp, force, 0);
            return dfly.releaseCurproc(gd, lp);
        }
        return released(cpu, lp, force, 0);
    }

    private Next released(Cpu cpu, Lwp lp, int force, long b) {
        Globaldata gd = Globaldata.of(cpu);
        if (dfly.pcpu(gd.cpuid).uschedcp == lp) {
            cpu.push(loop, lp, force, 0);
            return k.yields.lwktYieldQuick(gd);
        }
        return loop(cpu, lp, force, 0);
    }

    /** Until it is the designated one; the CPU may be another each time. */
    private Next loop(Cpu cpu, Lwp lp, int force, long b) {
        Globaldata gd = Globaldata.of(cpu);
        if (dfly.pcpu(gd.cpuid).uschedcp != lp) {
            cpu.push(yielded, lp, force, 0);
            return k.yields.lwktYieldQuick(gd);
        }
        cpu.push(acquired, lp);
        return k.splz.critExit(gd);
    }

    private Next yielded(Cpu cpu, Lwp lp, int force, long b) {
        Globaldata gd = Globaldata.of(cpu);
        DflyPcpu dd = dfly.pcpu(gd.cpuid);
        dd.spin.lock(gd);
        if (force == FORCE && tunables.has(DflyTunables.FORCED_PUSH)) {
            DflyPcpu rdd = dfly.placement.chooseBestQueue(gd, lp);
            if (rdd != dd) {
                return push(gd, dd, rdd, lp, force);
            }
        }
        if (dd.uschedcp == null) {
            cpu.charge(Charge.ATOMIC, 2);
            lp.thread().mpflags &= ~TDF_MP_DIDYIELD;
            dfly.curprocmask.add(dd.cpuid);
            return designate(gd, dd, lp);
        }
        if ((lp.thread().mpflags & TDF_MP_DIDYIELD) != 0) {
            return queueBehind(gd, dd, lp, force);
        }
        if (UserPriority.queue(dd.upri) > UserPriority.queue(lp.priority) + tunables.fastResched) {
            return designate(gd, dd, lp);
        }
        if (tunables.has(DflyTunables.PUSH) && force == NO_FORCE) {
            DflyPcpu rdd = dfly.placement.chooseBestQueue(gd, lp);
            if (rdd != dd) {
                return push(gd, dd, rdd, lp, force);
            }
        }
        dd.spin.unlock(gd);
        return queueAndSwitch(gd, dd, lp, force);
    }

    /** It is the designated one, whoever was; that one finds out when it next wants to go to user mode. */
    private Next designate(Globaldata gd, DflyPcpu dd, Lwp lp) {
        dd.uschedcp = lp;
        dd.upri = lp.priority;
        kkassert(lp.qcpu == dd.cpuid, gd, "dfly_acquire_curproc", "lp->lwp_qcpu == dd->cpuid");
        dd.spin.unlock(gd);
        gd.cpu.push(acquired, lp);
        return k.splz.critExit(gd);
    }

    private Next push(Globaldata gd, DflyPcpu dd, DflyPcpu rdd, Lwp lp, int force) {
        dfly.queues.changeqcpuLocked(gd, lp, dd, rdd);
        dd.spin.unlock(gd);
        return queueAndSwitch(gd, rdd, lp, force);
    }

    /** It called {@code sched_yield}: behind the last of the worst queue that is not empty. */
    private Next queueBehind(Globaldata gd, DflyPcpu dd, Lwp lp, int force) {
        if (lp.rtprioType == Lwp.RTP_PRIO_NORMAL) {
            dd.spin.unlock(gd);
            lp.rrcount = tunables.rrinterval;
            if (dd.runq.bits[NORMAL] != 0) {
                lp.rqindex = 31 - Integer.numberOfLeadingZeros(dd.runq.bits[NORMAL]);
            }
        } else {
            dd.spin.unlock(gd);
        }
        k.schedule.lwktDescheduleSelfInCrit(gd, lp.thread());
        gd.cpu.push(queuedYield, lp, force, 0);
        return dfly.setrunqueueDd(gd, dd, lp);
    }

    private Next queuedYield(Cpu cpu, Lwp lp, int force, long b) {
        cpu.charge(Charge.ATOMIC);
        lp.thread().mpflags &= ~TDF_MP_DIDYIELD;
        return queued(cpu, lp, force, 0);
    }

    private Next queueAndSwitch(Globaldata gd, DflyPcpu rdd, Lwp lp, int force) {
        k.schedule.lwktDescheduleSelfInCrit(gd, lp.thread());
        gd.cpu.push(queued, lp, force, 0);
        return dfly.setrunqueueDd(gd, rdd, lp);
    }

    private Next queued(Cpu cpu, Lwp lp, int force, long b) {
        cpu.push(loop, lp, force, 0);
        return k.lwktSwitch.lwktSwitch(Globaldata.of(cpu));
    }

    private Next acquired(Cpu cpu, Lwp lp, int a, long b) {
        kkassert(
                !lp.hasMp(LWP_MP_ONRUNQ),
                Globaldata.of(cpu),
                "dfly_acquire_curproc",
                "(lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0");
        return Next.RETURN;
    }
}
