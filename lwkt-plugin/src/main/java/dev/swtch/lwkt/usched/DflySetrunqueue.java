package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.sys.Tdf.TDF_MP_DIDYIELD;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/** Queueing an LWP on a CPU, sys/kern/usched_dfly.c, and telling that CPU if its designated LWP is a worse one. */
final class DflySetrunqueue {
    private final LwktKernel k;
    private final UschedDfly dfly;
    private final DflyTunables tunables;
    private final IpiFunction<DflyPcpu> needUserReschedRemote =
            new IpiFunction<>("resched", (gd, dd, arg2, frame) -> needUserReschedRemote(gd, dd));
    private final Frame<Lwp> helperWoken = new Frame<>("DFLY_HELPER_WOKEN", this::helperWoken);

    DflySetrunqueue(LwktKernel k, UschedDfly dfly, DflyTunables tunables) {
        this.k = k;
        this.dfly = dfly;
        this.tunables = tunables;
    }

    /** {@code dfly_setrunqueue}, sys/kern/usched_dfly.c: chooses a CPU, for a forked LWP in a way of its own. */
    Next setrunqueue(Globaldata gd, Lwp lp) {
        UserRunq.assertQueueable(gd, lp, "dfly_setrunqueue");
        DflyPcpu dd = dfly.pcpu(lp.qcpu);
        kkassert(dd.uschedcp != lp, gd, "dfly_setrunqueue", "rdd->uschedcp != lp");
        DflyPcpu rdd;
        if (lp.forked) {
            lp.forked = false;
            rdd = chooseForked(gd, dd, lp);
        } else {
            rdd = dfly.placement.chooseBestQueue(gd, lp);
        }
        if (lp.qcpu != rdd.cpuid) {
            dd.spin.lock(gd);
            dfly.queues.changeqcpuLocked(gd, lp, dd, rdd);
            dd.spin.unlock(gd);
        }
        return setrunqueueDd(gd, rdd, lp);
    }

    private DflyPcpu chooseForked(Globaldata gd, DflyPcpu dd, Lwp lp) {
        if (tunables.has(DflyTunables.FORK_BEST)) {
            return dfly.placement.chooseBestQueue(gd, lp);
        }
        if (tunables.has(DflyTunables.FORK_PARENT)) {
            return dd;
        }
        if (tunables.has(DflyTunables.FORK_SIMPLE)) {
            return dfly.placement.chooseQueueSimple(gd, lp);
        }
        return dd.runq.runqcount != 0 ? dfly.placement.chooseBestQueue(gd, lp) : dd;
    }

    /** {@code dfly_setrunqueue_dd}, sys/kern/usched_dfly.c: queues an LWP on a CPU and interrupts a worse one there. */
    Next setrunqueueDd(Globaldata gd, DflyPcpu rdd, Lwp lp) {
        if (!lp.thread().has(TDF_MIGRATING)) {
            k.migrate.lwktGiveawayInCrit(gd, lp.thread());
        }
        rdd.spin.lock(gd);
        dfly.queues.setrunqueueLocked(gd, rdd, lp);
        int running = UserPriority.queue(rdd.upri);
        int queued = UserPriority.queue(lp.priority);
        if (running <= queued) {
            rdd.spin.unlock(gd);
            return Next.RETURN;
        }
        if (running <= queued + tunables.fastResched) {
            Lwp uschedcp = rdd.uschedcp;
            if (uschedcp != null && uschedcp.rrcount < tunables.rrinterval) {
                uschedcp.rrcount = tunables.rrinterval - 1;
            }
            rdd.spin.unlock(gd);
            return Next.RETURN;
        }
        rdd.spin.unlock(gd);
        if (rdd.gd != gd) {
            return sendUserResched(gd, rdd);
        }
        if (rdd.uschedcp == null) {
            gd.cpu.push(helperWoken, lp);
            return k.synch.wakeupMycpu(gd, rdd.helperThread.ident);
        }
        return helperWoken(gd.cpu, lp, 0, 0);
    }

    private Next helperWoken(Cpu cpu, Lwp lp, int a, long b) {
        if ((lp.thread().mpflags & TDF_MP_DIDYIELD) == 0) {
            Globaldata.of(cpu).needUserResched();
        }
        return Next.RETURN;
    }

    /** Sends {@code dfly_need_user_resched_remote} to a CPU. */
    Next sendUserResched(Globaldata gd, DflyPcpu rdd) {
        return k.ipiq.lwktSendIpiq(gd, rdd.gd, needUserReschedRemote, rdd);
    }

    /** {@code dfly_need_user_resched_remote}, sys/kern/usched_dfly.c: with no designated LWP, the helper has to look. */
    private Next needUserReschedRemote(Globaldata gd, DflyPcpu dd) {
        gd.needUserResched();
        if (dd.uschedcp == null && dfly.rdyprocmask.has(dd.cpuid)) {
            gd.cpu.charge(Charge.ATOMIC);
            dfly.rdyprocmask.remove(dd.cpuid);
            return k.synch.wakeupMycpu(gd, dd.helperThread.ident);
        }
        return Next.RETURN;
    }
}
