package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNQ;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.LwpQueue;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.thread.WaitPlace;
import org.jspecify.annotations.Nullable;

/**
 * User run queues: of usched_dfly.c each CPU has a set, of usched_bsd4.c there is one for all. Three classes of queues,
 * each with a word that tells which are not empty; the caller holds their lock.
 */
public final class UserRunq {
    /** {@code NQS}: queues of a class. */
    public static final int NQS = UserPriority.NQS;

    /** Classes of queues: realtime, normal, idle. */
    public static final int CLASSES = 3;

    static final int REALTIME = 0;
    static final int NORMAL = 1;
    static final int IDLE = 2;

    /** Non-empty queues of each class. */
    public final int[] bits = new int[CLASSES];

    /** LWPs in the queues. */
    public int runqcount;

    private final LwpQueue[][] queues = new LwpQueue[CLASSES][NQS];

    UserRunq() {
        for (LwpQueue[] ofClass : queues) {
            for (int i = 0; i < NQS; i++) {
                ofClass[i] = new LwpQueue();
            }
        }
    }

    /** A queue of a class: 0 realtime, 1 normal, 2 idle. */
    public LwpQueue queue(int ofClass, int index) {
        return queues[ofClass][index];
    }

    /** What both schedulers assert of an LWP before they queue it. */
    static void assertQueueable(Globaldata gd, Lwp lp, String func) {
        if (lp.stat != Lwp.Stat.RUN) {
            throw Kassert.failed(gd, func, "lp->lwp_stat == LSRUN", "setrunqueue: lwp not LSRUN");
        }
        kkassert(!lp.hasMp(LWP_MP_ONRUNQ), gd, func, "(lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0");
        kkassert(!lp.thread().has(TDF_RUNQ), gd, func, "(lp->lwp_thread->td_flags & TDF_RUNQ) == 0");
    }

    /** The class of queues an LWP belongs to. */
    static int queueClass(Globaldata gd, Lwp lp) {
        return switch (lp.rqtype) {
            case Lwp.RTP_PRIO_NORMAL -> NORMAL;
            case Lwp.RTP_PRIO_REALTIME, Lwp.RTP_PRIO_FIFO -> REALTIME;
            case Lwp.RTP_PRIO_IDLE -> IDLE;
            default -> throw Kassert.panic(gd, "remrunqueue: invalid rtprio type");
        };
    }

    /** The queue an LWP belongs to. */
    LwpQueue queueOf(Globaldata gd, Lwp lp) {
        return queues[queueClass(gd, lp)][lp.rqindex];
    }

    /** The head of the best queue; null if all are empty. */
    @Nullable
    Lwp best() {
        for (int ofClass = REALTIME; ofClass < CLASSES; ofClass++) {
            if (bits[ofClass] != 0) {
                return queues[ofClass][Integer.numberOfTrailingZeros(bits[ofClass])].first();
            }
        }
        return null;
    }

    /** The tail of the worst queue; null if all are empty. */
    @Nullable
    Lwp worst() {
        for (int ofClass = IDLE; ofClass >= REALTIME; ofClass--) {
            if (bits[ofClass] != 0) {
                return queues[ofClass][31 - Integer.numberOfLeadingZeros(bits[ofClass])].last();
            }
        }
        return null;
    }

    /** Appends an LWP to the queue it belongs to. */
    void insertTail(Globaldata gd, Lwp lp, String func) {
        queueFor(gd, lp, func).insertTail(lp);
    }

    /** Puts an LWP before its equals. */
    void insertHead(Globaldata gd, Lwp lp, String func) {
        queueFor(gd, lp, func).insertHead(lp);
    }

    /** Counts an LWP as queued; the caller links it. */
    private LwpQueue queueFor(Globaldata gd, Lwp lp, String func) {
        kkassert(!lp.hasMp(LWP_MP_ONRUNQ), gd, func, "(lp->lwp_mpflags & LWP_MP_ONRUNQ) == 0");
        gd.cpu.charge(Charge.ATOMIC);
        gd.cpu.charge(Charge.QUEUE_OP);
        lp.thread().noteRunnable(gd);
        lp.thread().noteWaitsAt(gd, WaitPlace.USER_QUEUE);
        lp.mpflags |= LWP_MP_ONRUNQ;
        ++runqcount;
        int ofClass = queueClass(gd, lp);
        bits[ofClass] |= 1 << lp.rqindex;
        return queues[ofClass][lp.rqindex];
    }

    /** Takes an LWP off its queue. */
    void remove(Globaldata gd, Lwp lp, String func) {
        kkassert(lp.hasMp(LWP_MP_ONRUNQ), gd, func, "lp->lwp_mpflags & LWP_MP_ONRUNQ");
        gd.cpu.charge(Charge.ATOMIC);
        gd.cpu.charge(Charge.QUEUE_OP);
        lp.mpflags &= ~LWP_MP_ONRUNQ;
        --runqcount;
        int ofClass = queueClass(gd, lp);
        LwpQueue q = queues[ofClass][lp.rqindex];
        q.remove(lp);
        if (q.first() == null) {
            bits[ofClass] &= ~(1 << lp.rqindex);
        }
    }
}
