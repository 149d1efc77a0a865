package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ULOAD;
import static dev.swtch.lwkt.sys.Tdf.TDF_MP_BATCH_DEMARC;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.LwpQueue;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.thread.WaitPlace;
import org.jspecify.annotations.Nullable;

/** The user run queues, sys/kern/usched_dfly.c, and the load counted on each CPU; with the CPU's lock held. */
final class DflyQueues {
    /** {@code PPQ}: priorities of a queue. */
    static final int PPQ = 4;

    /** {@code PPQMASK}. */
    static final int PPQMASK = PPQ - 1;

    /** Classes of queues: realtime, normal, idle. */
    static final int CLASSES = 3;

    static final int REALTIME = 0;
    static final int NORMAL = 1;
    static final int IDLE = 2;

    private final DflyTunables tunables;

    /** {@code dfly_ucount}: LWPs counted on any CPU. */
    int ucount;

    DflyQueues(DflyTunables tunables) {
        this.tunables = tunables;
    }

    private static int queueClass(Globaldata gd, Lwp lp) {
        return switch (lp.rqtype) {
            case Lwp.RTP_PRIO_NORMAL -> NORMAL;
            case Lwp.RTP_PRIO_REALTIME, Lwp.RTP_PRIO_FIFO -> REALTIME;
            case Lwp.RTP_PRIO_IDLE -> IDLE;
            default -> throw Kassert.panic(gd, "remrunqueue: invalid rtprio type");
        };
    }

    /**
     * {@code dfly_setrunqueue_locked}, sys/kern/usched_dfly.c. Where the code seems to put an LWP with time left at the
     * head, the queue is empty: it is always first come, first served, and the turn starts anew.
     */
    void setrunqueueLocked(Globaldata gd, DflyPcpu rdd, Lwp lp) {
        kkassert(lp.qcpu == rdd.cpuid, gd, "dfly_setrunqueue_locked", "lp->lwp_qcpu == rdd->cpuid");
        addLoad(gd, rdd, lp);
        kkassert(!lp.hasMp(LWP_MP_ONRUNQ), gd, "dfly_setrunqueue_locked", "(lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0");
        int ofClass = queueClass(gd, lp);
        LwpQueue q = rdd.queue(ofClass, lp.rqindex);
        gd.cpu.charge(Charge.ATOMIC);
        gd.cpu.charge(Charge.QUEUE_OP);
        lp.thread().noteRunnable(gd);
        lp.thread().noteWaitsAt(gd, WaitPlace.USER_QUEUE);
        lp.mpflags |= LWP_MP_ONRUNQ;
        lp.thread().markRunnable(gd.cpu);
        lp.thread().waitAt(gd.cpu, WaitPlace.USER_QUEUE);
        ++rdd.runqcount;
        if (lp.rrcount >= tunables.rrinterval
                || lp.rrcount >= tunables.rrinterval / 2 && (lp.thread().mpflags & TDF_MP_BATCH_DEMARC) != 0
                || q.first() != null) {
            lp.thread().mpflags &= ~TDF_MP_BATCH_DEMARC;
        }
        lp.rrcount = 0;
        q.insertTail(lp);
        rdd.bits[ofClass] |= 1 << lp.rqindex;
    }

    /** {@code dfly_remrunqueue_locked}, sys/kern/usched_dfly.c: the load stays counted. */
    void remrunqueueLocked(Globaldata gd, DflyPcpu rdd, Lwp lp) {
        kkassert(lp.hasMp(LWP_MP_ONRUNQ), gd, "dfly_remrunqueue_locked", "lp->lwp_mpflags & LWP_MP_ONRUNQ");
        unlink(gd, rdd, lp, queueClass(gd, lp), lp.rqindex);
    }

    private static void unlink(Globaldata gd, DflyPcpu rdd, Lwp lp, int ofClass, int index) {
        gd.cpu.charge(Charge.ATOMIC);
        gd.cpu.charge(Charge.QUEUE_OP);
        LwpQueue q = rdd.queue(ofClass, index);
        lp.mpflags &= ~LWP_MP_ONRUNQ;
        q.remove(lp);
        --rdd.runqcount;
        if (q.first() == null) {
            rdd.bits[ofClass] &= ~(1 << index);
        }
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
        int ofClass = worst ? IDLE : REALTIME;
        while (ofClass >= 0 && ofClass < CLASSES && rdd.bits[ofClass] == 0) {
            ofClass += worst ? -1 : 1;
        }
        if (ofClass < 0 || ofClass == CLASSES) {
            return null;
        }
        int bits = rdd.bits[ofClass];
        int pri = worst ? 31 - Integer.numberOfLeadingZeros(bits) : Integer.numberOfTrailingZeros(bits);
        LwpQueue q = rdd.queue(ofClass, pri);
        Lwp lp = worst ? q.last() : q.first();
        if (lp == null) {
            throw Kassert.failed(gd, "dfly_chooseproc_locked", "lp", "chooseproc: no lwp on busy queue");
        }
        gd.cpu.charge(Charge.SCAN_ITEM);
        if (chklp != null && chklp.priority < lp.priority + PPQ) {
            return null;
        }
        if (tunables.pullChecksCpumask && rdd != dd && !lp.cpumask.has(dd.cpuid)) {
            return null;
        }
        unlink(gd, rdd, lp, ofClass, pri);
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
