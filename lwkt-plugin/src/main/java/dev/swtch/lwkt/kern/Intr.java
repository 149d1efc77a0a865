package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Rqf.RQF_INTPEND;
import static dev.swtch.lwkt.sys.Rqf.RQF_IPIQ;
import static dev.swtch.lwkt.sys.Rqf.RQF_TIMER;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IntrInfo;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.ThreadFunction;
import dev.swtch.machine.Arrival;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.Vector;

/**
 * Interrupts: the entry points of platform/pc64/apic/apic_vector.s and the scheduling of interrupt threads of
 * sys/kern/kern_intr.c. In a critical section an interrupt only sets a request that {@code splz} or {@code doreti} works
 * off later.
 *
 * <p>A vector that arrived while the path that has just ended was in a critical section takes that way too: its request
 * is set and {@code splz} called, as that path's critical exit would have done.
 */
public final class Intr {
    private final LwktKernel k;
    private final Frame<Object> nestedDone = new Frame<>("INTR_NESTED", this::nestedDone);
    private final Frame<Object> deviceDone = new Frame<>("INTR_DEVICE", this::deviceDone);
    private final Frame<Object> lateDone = new Frame<>("INTR_LATE", this::lateDone);
    private final Frame<Object> fastHandled = new Frame<>("FAST_HANDLED", this::fastHandled);
    private final Frame<Object> fastExited = new Frame<>("FAST_EXITED", this::fastExited);
    private final Frame<Object> fastScheduled = new Frame<>("FAST_SCHEDULED", this::fastScheduled);
    private final IpiFunction<IntrInfo> schedIthdRemote =
            new IpiFunction<>("ithd", (gd, info, arg2, frame) -> schedIthd(gd, info));

    Intr(LwktKernel k) {
        this.k = k;
    }

    /** A vector is taken. */
    Next interrupt(Globaldata gd, int vector, Arrival arrival) {
        boolean late = arrival == Arrival.CRITICAL && gd.curthread.critcount == 0;
        if (vector == LwktIpiq.XIPIQ) {
            return xipiq(gd, late);
        }
        if (vector == Vector.TIMER) {
            return xtimer(gd, late);
        }
        return xintr(gd, vector - Vector.FIRST_DEVICE, late);
    }

    // ---- apic_vector.s ------------------------------------------------------------------------------------------

    /** {@code Xipiq}, platform/pc64/apic/apic_vector.s. */
    private Next xipiq(Globaldata gd, boolean late) {
        if (gd.curthread.critcount != 0) {
            gd.reqflags |= RQF_IPIQ;
            return Next.RETURN;
        }
        if (late) {
            gd.reqflags |= RQF_IPIQ;
            return late(gd);
        }
        ++gd.intrNestingLevel;
        gd.critEnter();
        gd.cpu.push(nestedDone, user(gd), 0);
        return k.ipiqProcess.lwktProcessIpiqFrame(gd);
    }

    /** {@code Xtimer}, platform/pc64/apic/apic_vector.s. */
    private Next xtimer(Globaldata gd, boolean late) {
        if (gd.curthread.critcount != 0 || gd.curthread.nestCount != 0) {
            gd.reqflags |= RQF_TIMER;
            return Next.RETURN;
        }
        if (late) {
            gd.reqflags |= RQF_TIMER;
            return late(gd);
        }
        ++gd.intrNestingLevel;
        gd.critEnter();
        gd.cpu.push(nestedDone, user(gd), 0);
        return k.systimer.systimerIntr(gd);
    }

    private Next nestedDone(Cpu cpu, Object ref, int user, long b) {
        Globaldata gd = Globaldata.of(cpu);
        gd.critExitNoyield();
        --gd.intrNestingLevel;
        return k.splz.doreti(gd, user != 0);
    }

    /** The entry of a device interrupt, platform/pc64/apic/apic_vector.s. */
    private Next xintr(Globaldata gd, int irq, boolean late) {
        if (gd.curthread.nestCount != 0 || gd.curthread.critcount != 0) {
            gd.ipending |= 1L << irq;
            gd.reqflags |= RQF_INTPEND;
            return k.splz.doreti(gd, gd.cpu.interruptedUser());
        }
        if (late) {
            gd.ipending |= 1L << irq;
            gd.reqflags |= RQF_INTPEND;
            return late(gd);
        }
        gd.ipending &= ~(1L << irq);
        gd.critEnter();
        gd.cpu.push(deviceDone, user(gd), 0);
        return ithreadFast(gd, irq);
    }

    private Next deviceDone(Cpu cpu, Object ref, int user, long b) {
        Globaldata gd = Globaldata.of(cpu);
        gd.critExitNoyield();
        return k.splz.doreti(gd, user != 0);
    }

    private static int user(Globaldata gd) {
        return gd.cpu.interruptedUser() ? 1 : 0;
    }

    /** Runs what arrived in a critical section that has ended meanwhile. */
    private Next late(Globaldata gd) {
        if (gd.cpu.interruptedUser()) {
            gd.cpu.push(lateDone);
        }
        return k.splz.splz(gd);
    }

    private Next lateDone(Cpu cpu, Object ref, int a, long b) {
        return k.splz.doreti(Globaldata.of(cpu), true);
    }

    // ---- kern_intr.c --------------------------------------------------------------------------------------------

    /**
     * {@code ithread_fast_handler}, sys/kern/kern_intr.c: runs a fast handler here; a thread is scheduled outside the critical
     * section, so that it may preempt.
     */
    Next ithreadFast(Globaldata gd, int irq) {
        LwktThread td = gd.curthread;
        kkassert(td.critcount > 0, gd, "ithread_fast_handler", "curthread->td_critcount");
        ++gd.vIntr;
        ThreadFunction fast = gd.intrInfo(irq).fast;
        if (fast != null) {
            ++gd.intrNestingLevel;
            gd.cpu.push(fastHandled);
            return fast.run(gd, td);
        }
        ++td.nestCount;
        if (gd.critExit()) {
            gd.cpu.push(fastExited, irq, 0);
            return k.splz.splz(gd);
        }
        return fastExited(gd.cpu, td, irq, 0);
    }

    private Next fastHandled(Cpu cpu, Object ref, int a, long b) {
        --Globaldata.of(cpu).intrNestingLevel;
        return Next.RETURN;
    }

    private Next fastExited(Cpu cpu, Object ref, int irq, long b) {
        Globaldata gd = Globaldata.of(cpu);
        cpu.push(fastScheduled);
        return schedIthd(gd, gd.intrInfo(irq));
    }

    private Next fastScheduled(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        gd.critEnter();
        --gd.curthread.nestCount;
        return Next.RETURN;
    }

    /** {@code setsoftvm} and its like, platform/pc64/x86_64/ipl_funcs.c: the current CPU's, run at the next chance. */
    public void setsoft(Globaldata gd, int softint) {
        gd.spending |= 1 << softint;
        gd.setReqflags(RQF_INTPEND);
    }

    /**
     * What {@code splz} and {@code doreti} do with a soft interrupt, platform/pc64/x86_64/ipl.s: {@code sched_ithd_soft}
     * outside the critical section, as for a device's.
     */
    Next schedSoft(Globaldata gd, int softint) {
        ++gd.curthread.nestCount;
        gd.critExitNoyield();
        gd.cpu.push(fastScheduled);
        return schedIthd(gd, gd.intrInfo(Globaldata.FIRST_SOFTINT + softint));
    }

    /** {@code sched_ithd_intern} and {@code sched_ithd_remote}, sys/kern/kern_intr.c. */
    private Next schedIthd(Globaldata gd, IntrInfo info) {
        ++info.count;
        LwktThread td = info.ithread;
        if (td == null) {
            return Next.RETURN;
        }
        if (td.gd != gd) {
            return k.ipiq.lwktSendIpiq(gd, td.gd, schedIthdRemote, info);
        }
        if (info.running) {
            return Next.RETURN;
        }
        info.running = true;
        return info.livelocked ? Next.RETURN : k.schedule.lwktSchedule(gd, td);
    }
}
