package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.usched.CpuRotor.NONE;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;

/** Queueing an LWP, sys/kern/usched_bsd4.c, and telling one CPU about it. */
final class Bsd4Setrunqueue {
    private final LwktKernel k;
    private final UschedBsd4 bsd4;
    private final Bsd4Notify notify;

    Bsd4Setrunqueue(LwktKernel k, UschedBsd4 bsd4, Bsd4Notify notify) {
        this.k = k;
        this.bsd4 = bsd4;
        this.notify = notify;
    }

    /** {@code bsd4_setrunqueue}, sys/kern/usched_bsd4.c. */
    Next setrunqueue(Globaldata gd, Lwp lp) {
        LwktThread td = lp.thread();
        gd.critEnter();
        k.splz.pushCritExit(gd);
        UserRunq.assertQueueable(gd, lp, "bsd4_setrunqueue");
        kkassert(bsd4.pcpu(td.gd.cpuid).uschedcp != lp, gd, "bsd4_setrunqueue", "dd->uschedcp != lp");
        if (!td.has(TDF_MIGRATING)) {
            k.migrate.lwktGiveawayInCrit(gd, td);
        }
        bsd4.spin.lock(gd);
        bsd4.runq.insertTail(gd, lp, "bsd4_setrunqueue_locked");
        lp.rebalTicks = k.clock.schedTicks;
        return tell(gd, bsd4.pcpu(choose(gd, lp)), lp);
    }

    /** The CPU to be told of an LWP. */
    int choose(Globaldata gd, Lwp lp) {
        CpuRotor rotor = bsd4.rotor;
        int start = rotor.turn();
        int cpuid = bsd4.tunables.smt ? freeCore(gd, lp, start) : rotor.free(gd, lp, start);
        if (cpuid == NONE) {
            cpuid = rotor.running(gd, lp, start);
        }
        return cpuid == NONE ? rotor.fallback(start) : cpuid;
    }

    /** The first free CPU whose core has another free one, or else the one beside the best LWP. */
    private int freeCore(Globaldata gd, Lwp lp, int start) {
        CpuRotor rotor = bsd4.rotor;
        int limit = UserPriority.queue(lp.priority);
        int found = NONE;
        int least = Integer.MAX_VALUE;
        rotor.lookAtFree(lp);
        for (int cpuid = rotor.next(start); cpuid >= 0; cpuid = rotor.nextBehind(cpuid)) {
            gd.cpu.charge(Charge.SCAN_ITEM);
            Bsd4Pcpu dd = bsd4.pcpu(cpuid);
            if (UserPriority.queue(dd.upri) >= limit && dd.groups.size() > 1) {
                CpuNode core = dd.groups.get(1);
                if (rotor.isLeft(core.members(), cpuid)) {
                    return cpuid;
                }
                int sibling = bsd4.pcpu(core.firstBut(cpuid)).upri;
                if (sibling < least) {
                    least = sibling;
                    found = cpuid;
                }
            }
        }
        return found;
    }

    private Next tell(Globaldata gd, Bsd4Pcpu dd, Lwp lp) {
        if (dd.gd != gd) {
            notify.unready(gd, dd);
            bsd4.spin.unlock(gd);
            return notify.send(gd, dd, isWorse(dd, lp));
        }
        bsd4.spin.unlock(gd);
        if (!isWorse(dd, lp)) {
            return Next.RETURN;
        }
        if (dd.uschedcp == null) {
            return k.synch.wakeupMycpu(gd, dd.helperThread.ident);
        }
        gd.needUserResched();
        return Next.RETURN;
    }

    private static boolean isWorse(Bsd4Pcpu dd, Lwp lp) {
        return UserPriority.queue(dd.upri) > UserPriority.queue(lp.priority);
    }
}
