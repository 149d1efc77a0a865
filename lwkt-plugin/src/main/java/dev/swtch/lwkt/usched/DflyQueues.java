package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ULOAD;
import static dev.swtch.lwkt.sys.Tdf.TDF_MP_BATCH_DEMARC;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/** Use of the user run queues, sys/kern/usched_dfly.c, and the load counted on each CPU; with the CPU's lock held. */
final class DflyQueues {
    private static final String SETRUNQUEUE = "dfly_setrunqueue_locked";

    private final DflyTunables tunables;

    /** {@code dfly_ucount}: LWPs counted on any CPU. */
    int ucount;

    DflyQueues(DflyTunables tunables) {
        this.tunables = tunables;
    }

    /**
     * {@code dfly_setrunqueue_locked}, sys/kern/usched_dfly.c. Where the code seems to put an LWP with time left at the
     * head, the queue is empty: it is always first come, first served, and the turn starts anew.
     */
    void setrunqueueLocked(Globaldata gd, DflyPcpu rdd, Lwp lp) {
        kkassert(lp.qcpu == rdd.cpuid, gd, SETRUNQUEUE, "lp->lwp_qcpu == rdd->cpuid");
        addLoad(gd, rdd, lp);
        boolean others = rdd.runq.queueOf(gd, lp).first() != null;
        if (!hasTurnLeft(lp) || others && !tunables.requeueAtHead) {
            lp.thread().mpflags &= ~TDF_MP_BATCH_DEMARC;
        } else if (others) {
            rdd.runq.insertHead(gd, lp, SETRUNQUEUE);
            return;
        }
        lp.rrcount = 0;
        rdd.runq.insertTail(gd, lp, SETRUNQUEUE);
    }

    private boolean hasTurnLeft(Lwp lp) {
        int turn = (lp.thread().mpflags & TDF_MP_BATCH_DEMARC) != 0 ? tunables.rrinterval / 2 : tunables.rrinterval;
        return lp.rrcount < turn;
    }

    /** {@code dfly_remrunqueue_locked}, sys/kern/usched_dfly.c: the load stays counted. */
    void remrunqueueLocked(Globaldata gd, DflyPcpu rdd, Lwp lp) {
        rdd.runq.remove(gd, lp, "dfly_remrunqueue_locked");
    }

    /**
     * {@code dfly_chooseproc_locked}, sys/kern/usched_dfly.c: takes the best or worst LWP off a CPU's queues. Whether it
     * may run on the CPU that takes it is not looked at.
     *
     * @param rdd whose queues
     * @param dd the CPU that takes it
     * @param chklp if not null, nothing is taken unless it is better than this one by a queue
     * @param worst the last of the worst queue instead of the first of the best
     */
    @Nullable
    Lwp chooseprocLocked(Globaldata gd, DflyPcpu rdd, DflyPcpu dd, @Nullable Lwp chklp, boolean worst) {
        Lwp lp = worst ? rdd.runq.worst() : rdd.runq.best();
        if (lp == null) {
            return null;
        }
        gd.cpu.charge(Charge.SCAN_ITEM);
        if (chklp != null && chklp.priority < lp.priority + UserPriority.PPQ) {
            return null;
        }
        if (tunables.pullChecksCpumask && rdd != dd && !lp.cpumask.has(dd.cpuid)) {
            return null;
        }
        rdd.runq.remove(gd, lp, "dfly_chooseproc_locked");
        if (rdd != dd) {
            removeLoad(gd, rdd, lp);
            lp.qcpu = dd.cpuid;
            addLoad(gd, dd, lp);
        }
        return lp;
    }

    // ---- load ---------------------------------------------------------------------------------------------------

    /** Counts an LWP's load on a CPU, if it is not counted. */
    void addLoad(Globaldata gd, DflyPcpu dd, Lwp lp) {
        if (!lp.hasMp(LWP_MP_ULOAD)) {
            gd.cpu.charge(Charge.ATOMIC, 3);
            lp.mpflags |= LWP_MP_ULOAD;
            dd.uload += lp.uload;
            ++dd.ucount;
            ++ucount;
        }
    }

    /** Takes an LWP's load off a CPU, if it is counted. */
    void removeLoad(Globaldata gd, DflyPcpu dd, Lwp lp) {
        if (lp.hasMp(LWP_MP_ULOAD)) {
            gd.cpu.charge(Charge.ATOMIC, 3);
            lp.mpflags &= ~LWP_MP_ULOAD;
            dd.uload -= lp.uload;
            --dd.ucount;
            --ucount;
        }
    }

    /** {@code dfly_changeqcpu_locked}, sys/kern/usched_dfly.c: the LWP belongs to another CPU's queues from now on. */
    void changeqcpuLocked(Globaldata gd, Lwp lp, DflyPcpu dd, DflyPcpu rdd) {
        if (lp.qcpu != rdd.cpuid) {
            removeLoad(gd, dd, lp);
            lp.qcpu = rdd.cpuid;
        }
    }
}
