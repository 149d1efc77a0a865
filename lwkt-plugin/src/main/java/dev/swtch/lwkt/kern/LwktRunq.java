package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Rqf.RQF_RUNNING;
import static dev.swtch.lwkt.sys.Tdf.TDF_BLOCKQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNQ;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.RunQueue;
import dev.swtch.machine.cost.Charge;
import dev.swtch.spi.thread.WaitPlace;
import org.jspecify.annotations.Nullable;

/** The run queue, sorted by priority; only inside critical sections of the CPU that owns it. */
public final class LwktRunq {
    private LwktRunq() {}

    /** {@code _lwkt_dequeue}, sys/kern/lwkt_thread.c. */
    static void dequeue(Globaldata mycpu, LwktThread td) {
        if (td.has(TDF_RUNQ)) {
            Globaldata gd = td.gd;
            mycpu.cpu.charge(Charge.QUEUE_OP);
            td.flags &= ~TDF_RUNQ;
            gd.tdrunq.remove(td);
            --gd.tdrunqcount;
            if (gd.tdrunq.first() == null) {
                gd.clearReqflags(RQF_RUNNING);
            }
        }
    }

    /**
     * {@code _lwkt_enqueue}, sys/kern/lwkt_thread.c.
     *
     * <p>Equal priorities are first come, first served: the kernel's second comparison, by {@code td_upri}, is never
     * reached because the first one already holds for equal {@code td_pri}. A tunable compares as later kernels do.
     */
    static void enqueue(Globaldata mycpu, LwktThread td) {
        if (!td.hasAny(TDF_RUNQ | TDF_MIGRATING | TDF_BLOCKQ)) {
            Globaldata gd = td.gd;
            mycpu.cpu.charge(Charge.QUEUE_OP);
            td.flags |= TDF_RUNQ;
            td.markRunnable(mycpu.cpu);
            td.waitAt(mycpu.cpu, td.toksHeld() ? WaitPlace.LOCK : WaitPlace.RUN_QUEUE);
            if (gd.tdrunq.first() == null) {
                gd.tdrunq.insertBehindEquals(td);
                gd.setReqflags(RQF_RUNNING);
            } else {
                insert(mycpu, gd, td);
            }
            ++gd.tdrunqcount;
            if (gd.tdrunq.first() == td) {
                mycpu.needLwktResched();
            }
        }
    }

    private static void insert(Globaldata mycpu, Globaldata gd, LwktThread td) {
        LwktThread overtaken = gd.enqueueByUpri ? firstOfLessUpri(gd, td) : null;
        if (overtaken != null) {
            gd.tdrunq.insertBeforeEqual(overtaken, td);
            return;
        }
        mycpu.cpu.charge(Charge.SCAN_ITEM, gd.tdrunq.countFrom(td.pri));
        gd.tdrunq.insertBehindEquals(td);
    }

    /** Of the threads of a thread's priority, the first with a smaller {@code td_upri}; null if there is none. */
    private static @Nullable LwktThread firstOfLessUpri(Globaldata gd, LwktThread td) {
        LwktThread xtd = gd.tdrunq.first();
        int scanned = 0;
        while (xtd != null && (xtd.pri > td.pri || xtd.pri == td.pri && xtd.upri >= td.upri)) {
            xtd = RunQueue.next(xtd);
            ++scanned;
        }
        if (xtd == null || xtd.pri != td.pri) {
            return null;
        }
        gd.cpu.charge(Charge.SCAN_ITEM, scanned);
        return xtd;
    }

    /**
     * {@code lwkt_schedulerclock}, sys/kern/lwkt_thread.c: each tick, moves the current thread behind its equals, or
     * asks for the head of the queue to run.
     */
    public static void lwktSchedulerclock(Globaldata mycpu, LwktThread td) {
        Globaldata gd = td.gd;
        if (gd.tdrunq.first() == td) {
            LwktThread xtd = RunQueue.next(td);
            if (xtd != null && xtd.pri == td.pri) {
                mycpu.cpu.charge(Charge.QUEUE_OP, 2);
                gd.tdrunq.remove(td);
                mycpu.cpu.charge(Charge.SCAN_ITEM, gd.tdrunq.countOf(td.pri));
                gd.tdrunq.insertBehindEquals(td);
                mycpu.needLwktResched();
            }
        } else if (gd.reschedWhenEmpty || gd.tdrunqcount != 0) {
            mycpu.needLwktResched();
        }
    }
}
