package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ONRUNQ;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNQ;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_MAX;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.ThreadHook;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** Making threads runnable or not, and their priorities, sys/kern/lwkt_thread.c. */
public final class LwktSchedule {
    private final LwktKernel k;
    private final IpiFunction<LwktThread> scheduleRemote = new IpiFunction<>("schedule", this::lwktScheduleRemote);
    private final IpiFunction<LwktThread> deschedule =
            new IpiFunction<>("deschedule", (gd, td, arg2, frame) -> lwktDeschedule(gd, td));
    private final Frame<Object> scheduledRemote = new Frame<>("SCHEDULED_REMOTE", this::scheduledRemote);

    LwktSchedule(LwktKernel k) {
        this.k = k;
    }

    // ---- the current thread -------------------------------------------------------------------------------------

    /** {@code lwkt_schedule_self}, sys/kern/lwkt_thread.c. */
    public Next lwktScheduleSelf(Globaldata gd, LwktThread td) {
        kkassert(!td.has(TDF_MIGRATING), gd, "lwkt_schedule_self", "(td->td_flags & TDF_MIGRATING) == 0");
        gd.critEnter();
        if (td == td.gd.idlethread) {
            throw Kassert.failed(
                    gd,
                    "lwkt_schedule_self",
                    "td != &td->td_gd->gd_idlethread",
                    "lwkt_schedule_self(): scheduling gd_idlethread is illegal!");
        }
        notOnUserRunq(gd, td, "lwkt_schedule_self");
        LwktRunq.enqueue(gd, td);
        return k.splz.critExit(gd);
    }

    /** {@code lwkt_deschedule_self}, sys/kern/lwkt_thread.c. */
    public Next lwktDescheduleSelf(Globaldata gd, LwktThread td) {
        gd.critEnter();
        LwktRunq.dequeue(gd, td);
        return k.splz.critExit(gd);
    }

    /** {@code lwkt_deschedule_self} in a critical section, where its own exit from one cannot lose the CPU. */
    public void lwktDescheduleSelfInCrit(Globaldata gd, LwktThread td) {
        kkassert(gd.curthread.critcount > 0, gd, "lwkt_deschedule_self", "td->td_critcount > 0");
        LwktRunq.dequeue(gd, td);
    }

    private static void notOnUserRunq(Globaldata gd, LwktThread td, String func) {
        Lwp lp = td.lwp;
        kkassert(
                lp == null || (lp.mpflags & LWP_MP_ONRUNQ) == 0,
                gd,
                func,
                "td->td_lwp == NULL || (td->td_lwp->lwp_mpflags & LWP_MP_ONRUNQ) == 0");
    }

    // ---- any thread ---------------------------------------------------------------------------------------------

    /**
     * {@code lwkt_schedule}, sys/kern/lwkt_thread.c: puts a thread on its CPU's run queue, by an IPI message if that is
     * another CPU's; on this one it may preempt at once.
     */
    public Next lwktSchedule(Globaldata mygd, LwktThread td) {
        if (td == td.gd.idlethread) {
            throw Kassert.failed(
                    mygd,
                    "_lwkt_schedule",
                    "td != &td->td_gd->gd_idlethread",
                    "lwkt_schedule(): scheduling gd_idlethread is illegal!");
        }
        kkassert(!td.has(TDF_MIGRATING), mygd, "_lwkt_schedule", "(td->td_flags & TDF_MIGRATING) == 0");
        mygd.critEnter();
        notOnUserRunq(mygd, td, "_lwkt_schedule");
        if (td == mygd.curthread) {
            LwktRunq.enqueue(mygd, td);
            return k.splz.critExit(mygd);
        }
        if (td.gd == mygd) {
            LwktRunq.enqueue(mygd, td);
            return schedulePost(mygd, td);
        }
        k.splz.pushCritExit(mygd);
        return k.ipiq.lwktSendIpiq3(mygd, td.gd, scheduleRemote, td, 0);
    }

    /** {@code _lwkt_schedule_post}, sys/kern/lwkt_thread.c, and the critical exit of its caller. */
    private Next schedulePost(Globaldata gd, LwktThread ntd) {
        ThreadHook preemptable = ntd.preemptable;
        if (preemptable != null && ntd.has(TDF_RUNQ)) {
            k.splz.pushCritExit(gd);
            return preemptable.call(gd, ntd, 1);
        }
        return k.splz.critExit(gd);
    }

    /**
     * {@code lwkt_schedule_remote}, sys/kern/lwkt_thread.c: on behalf of an interrupt the critical section of the message
     * is dropped, so that the thread may preempt.
     */
    private Next lwktScheduleRemote(Globaldata gd, LwktThread ntd, int arg2, boolean frame) {
        ntd.noteRunnable(gd, gd.messageSentNs);
        if (frame && ntd.preemptable != null) {
            gd.critExitNoyield();
            gd.cpu.push(scheduledRemote);
        }
        return lwktSchedule(gd, ntd);
    }

    private Next scheduledRemote(Cpu cpu, Object ref, int a, long b) {
        Globaldata.of(cpu).critEnter();
        return Next.RETURN;
    }

    /** {@code lwkt_deschedule}, sys/kern/lwkt_thread.c. */
    public Next lwktDeschedule(Globaldata gd, LwktThread td) {
        gd.critEnter();
        if (td == gd.curthread || td.gd == gd) {
            LwktRunq.dequeue(gd, td);
            return k.splz.critExit(gd);
        }
        k.splz.pushCritExit(gd);
        return k.ipiq.lwktSendIpiq(gd, td.gd, deschedule, td);
    }

    // ---- priorities ---------------------------------------------------------------------------------------------

    /** {@code lwkt_setpri}, sys/kern/lwkt_thread.c. */
    public Next lwktSetpri(Globaldata gd, LwktThread td, int pri) {
        if (td.pri != pri) {
            kkassert(pri >= 0, gd, "lwkt_setpri", "pri >= 0");
            gd.critEnter();
            if (td.has(TDF_RUNQ)) {
                kkassert(td.gd == gd, gd, "lwkt_setpri", "td->td_gd == mycpu");
            }
            requeue(gd, td, pri);
            return k.splz.critExit(gd);
        }
        return Next.RETURN;
    }

    /** {@code lwkt_setpri_initial}, sys/kern/lwkt_thread.c. */
    public void lwktSetpriInitial(Globaldata gd, LwktThread td, int pri) {
        kkassert(pri >= 0, gd, "lwkt_setpri_initial", "pri >= 0");
        kkassert(!td.has(TDF_RUNQ), gd, "lwkt_setpri_initial", "(td->td_flags & TDF_RUNQ) == 0");
        td.pri = pri;
    }

    /** {@code lwkt_setpri_self}, sys/kern/lwkt_thread.c: goes behind its equals even if nothing changes. */
    public Next lwktSetpriSelf(Globaldata gd, int pri) {
        kkassert(pri >= 0 && pri <= TDPRI_MAX, gd, "lwkt_setpri_self", "pri >= 0 && pri <= TDPRI_MAX");
        gd.critEnter();
        requeue(gd, gd.curthread, pri);
        return k.splz.critExit(gd);
    }

    private static void requeue(Globaldata gd, LwktThread td, int pri) {
        if (td.has(TDF_RUNQ)) {
            LwktRunq.dequeue(gd, td);
            td.pri = pri;
            LwktRunq.enqueue(gd, td);
        } else {
            td.pri = pri;
        }
    }
}
