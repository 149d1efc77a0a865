package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_DONE;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_LOCK;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNNING;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.ThreadHook;
import dev.swtch.machine.Context;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Landing;
import dev.swtch.machine.Next;
import dev.swtch.spi.thread.WaitPlace;
import org.jspecify.annotations.Nullable;

/** Preemption by interrupt threads, sys/kern/lwkt_thread.c. */
public final class LwktPreempt {
    /** {@code lwkt_preempt} as what {@code td_preemptable} points to. */
    public final ThreadHook lwktPreempt = this::lwktPreempt;

    private final LwktKernel k;
    private final Landing<LwktThread> preemptReturn = new Landing<>("PREEMPT_RETURN", this::preemptReturn);
    private final Frame<LwktThread> preemptDone = new Frame<>("PREEMPT_DONE", this::preemptDone);

    LwktPreempt(LwktKernel k) {
        this.k = k;
    }

    /**
     * {@code lwkt_preempt}, sys/kern/lwkt_thread.c: the current thread is left in place for a better one, and goes on
     * when that one gives up the CPU.
     *
     * @param critcount the caller's own critical sections
     */
    public Next lwktPreempt(Globaldata gd, LwktThread ntd, int critcount) {
        if (ntd.critcount == 0) {
            throw Kassert.failed(gd, "lwkt_preempt", "ntd->td_critcount", "BADCRIT0 " + ntd.pri);
        }
        LwktThread td = gd.curthread;
        if (k.sysctl.preemptEnable == 0
                || ntd.pri <= td.pri
                || td.critcount > critcount
                || td.cscount != 0
                || ntd.gd != gd) {
            ++k.preemptMiss;
            return Next.RETURN;
        }
        kkassert(gd.spinlocks == 0, gd, "lwkt_preempt", "gd->gd_spinlocks == 0");
        if (ntd.toksHeld()) {
            ++k.preemptMiss;
            return Next.RETURN;
        }
        if (td == ntd || ((td.flags | ntd.flags) & TDF_PREEMPT_LOCK) != 0) {
            ++k.preemptWeird;
            return Next.RETURN;
        }
        if (ntd.preempted != null) {
            ++k.preemptHit;
            return Next.RETURN;
        }
        kkassert(gd.processingIpiq == 0, gd, "lwkt_preempt", "gd->gd_processing_ipiq == 0");

        ++k.preemptHit;
        ntd.preempted = td;
        td.flags |= TDF_PREEMPT_LOCK;
        td.noteWaitsAt(gd, WaitPlace.PREEMPTED);
        int saveIntrNestingLevel = gd.intrNestingLevel;
        gd.intrNestingLevel = 0;
        kkassert(!ntd.has(TDF_RUNNING), gd, "lwkt_preempt", "(ntd->td_flags & TDF_RUNNING) == 0");
        ntd.flags |= TDF_RUNNING;
        return k.swtch.tdSwitch(gd, td, ntd, preemptReturn, ntd, saveIntrNestingLevel);
    }

    private Next preemptReturn(Cpu cpu, @Nullable Context xtd, LwktThread ntd, int saveIntrNestingLevel, long b) {
        Globaldata gd = Globaldata.of(cpu);
        kkassert(xtd == ntd, gd, "lwkt_preempt", "xtd == ntd");
        if (LwktSwitch.hasJustLeft(ntd)) {
            return preemptDone(cpu, ntd, saveIntrNestingLevel, 0);
        }
        cpu.push(preemptDone, ntd, saveIntrNestingLevel, 0);
        return k.lwktSwitch.lwktSwitchReturn(gd, ntd);
    }

    private Next preemptDone(Cpu cpu, LwktThread ntd, int saveIntrNestingLevel, long b) {
        Globaldata gd = Globaldata.of(cpu);
        LwktThread td = gd.curthread;
        gd.intrNestingLevel = saveIntrNestingLevel;
        kkassert(
                ntd.preempted != null && td.has(TDF_PREEMPT_DONE),
                gd,
                "lwkt_preempt",
                "ntd->td_preempted && (td->td_flags & TDF_PREEMPT_DONE)");
        ntd.preempted = null;
        td.flags &= ~(TDF_PREEMPT_LOCK | TDF_PREEMPT_DONE);
        if (!gd.reschedAfterPreempt && gd.tdrunq.first() == td) {
            gd.clearLwktResched();
        }
        return Next.RETURN;
    }

    /** {@code lwkt_preempted_proc}, sys/kern/lwkt_thread.c: the LWP beneath a chain of preemptions. */
    public static @Nullable Lwp lwktPreemptedProc(Globaldata gd) {
        LwktThread td = gd.curthread;
        while (td.preempted != null) {
            td = td.preempted;
        }
        return td.lwp;
    }
}
