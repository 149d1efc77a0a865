package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Rqf.RQF_AST_MASK;
import static dev.swtch.lwkt.sys.Rqf.RQF_AST_SIGNAL;
import static dev.swtch.lwkt.sys.Rqf.RQF_INTPEND;
import static dev.swtch.lwkt.sys.Rqf.RQF_IPIQ;
import static dev.swtch.lwkt.sys.Rqf.RQF_TIMER;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/**
 * What critical sections put off, platform/pc64/x86_64/ipl.s: {@code splz} runs it by a call, {@code doreti} on the way
 * back from an interrupt, where threads may be preempted and, towards user mode, ASTs are delivered.
 */
public final class Splz {
    private static final int KERNEL = 0;
    private static final int USER = 1;

    private final LwktKernel k;
    private final Frame<Object> splzLoop = new Frame<>("SPLZ", (cpu, ref, a, b) -> splzLoop(Globaldata.of(cpu)));
    private final Frame<Object> doretiLoop =
            new Frame<>("DORETI", (cpu, ref, user, b) -> doretiLoop(Globaldata.of(cpu), user));
    private final Frame<Object> doretiNested = new Frame<>("DORETI_NESTED", this::doretiNested);
    private final Frame<Object> doretiAst = new Frame<>("DORETI_AST", this::doretiAst);
    private final Frame<Object> critExit = new Frame<>("CRIT_EXIT", (cpu, ref, a, b) -> critExit(Globaldata.of(cpu)));

    Splz(LwktKernel k) {
        this.k = k;
    }

    /** {@code crit_exit} in tail position. */
    public Next critExit(Globaldata gd) {
        return gd.critExit() ? splz(gd) : Next.RETURN;
    }

    /** {@code crit_exit_hard}, sys/sys/thread2.h: the nesting level first, or what waits would not be run. */
    public Next critExitHard(Globaldata gd) {
        --gd.intrNestingLevel;
        return critExit(gd);
    }

    /** Pushes a {@code crit_exit} as the next thing to do. */
    public void pushCritExit(Globaldata gd) {
        gd.cpu.push(critExit);
    }

    /** {@code splz_check}, sys/kern/lwkt_thread.c, in tail position. */
    public Next splzCheck(Globaldata gd) {
        return gd.splzWanted() ? splz(gd) : Next.RETURN;
    }

    /** {@code splz}, platform/pc64/x86_64/ipl.s. */
    public Next splz(Globaldata gd) {
        gd.critEnter();
        return splzLoop(gd);
    }

    private Next splzLoop(Globaldata gd) {
        if ((gd.reqflags & RQF_IPIQ) != 0) {
            gd.clearReqflags(RQF_IPIQ);
            gd.cpu.push(splzLoop);
            return k.ipiqProcess.lwktProcessIpiq(gd);
        }
        if ((gd.reqflags & RQF_TIMER) != 0) {
            gd.clearReqflags(RQF_TIMER);
            gd.cpu.push(splzLoop);
            return k.systimer.systimerIntr(gd);
        }
        if (gd.ipending != 0) {
            gd.cpu.push(splzLoop);
            return k.intr.ithreadFast(gd, takeLowest(gd));
        }
        if (gd.spending != 0) {
            gd.cpu.push(splzLoop);
            return k.intr.schedSoft(gd, takeLowestSoft(gd));
        }
        gd.critExitNoyield();
        gd.clearReqflags(RQF_INTPEND);
        return Next.RETURN;
    }

    /**
     * {@code doreti}, platform/pc64/x86_64/ipl.s: on the way back from an interrupt or system call. A thread on its way to
     * user mode may leave for another CPU in an AST, so each turn looks at the CPU it finds itself on.
     *
     * @param user whether the way leads to user mode
     */
    public Next doreti(Globaldata gd, boolean user) {
        if (gd.reqflags == 0 || gd.curthread.critcount != 0) {
            return Next.RETURN;
        }
        gd.critEnter();
        return doretiLoop(gd, user ? USER : KERNEL);
    }

    private Next doretiLoop(Globaldata gd, int user) {
        if ((gd.reqflags & RQF_IPIQ) != 0) {
            ++gd.intrNestingLevel;
            gd.clearReqflags(RQF_IPIQ);
            gd.cpu.push(doretiNested, user, 0);
            return k.ipiqProcess.lwktProcessIpiqFrame(gd);
        }
        if ((gd.reqflags & RQF_TIMER) != 0) {
            ++gd.intrNestingLevel;
            gd.clearReqflags(RQF_TIMER);
            gd.cpu.push(doretiNested, user, 0);
            return k.systimer.systimerIntr(gd);
        }
        if (gd.ipending != 0) {
            gd.cpu.push(doretiLoop, user, 0);
            return k.intr.ithreadFast(gd, takeLowest(gd));
        }
        if (gd.spending != 0) {
            gd.cpu.push(doretiLoop, user, 0);
            return k.intr.schedSoft(gd, takeLowestSoft(gd));
        }
        if (user == USER && (gd.reqflags & RQF_AST_MASK) != 0) {
            gd.clearReqflags(RQF_AST_SIGNAL);
            gd.critExitNoyield();
            gd.cpu.push(doretiAst);
            return k.trap.ast(gd);
        }
        gd.critExitNoyield();
        gd.clearReqflags(RQF_INTPEND);
        return Next.RETURN;
    }

    private Next doretiNested(Cpu cpu, Object ref, int user, long b) {
        Globaldata gd = Globaldata.of(cpu);
        --gd.intrNestingLevel;
        return doretiLoop(gd, user);
    }

    private Next doretiAst(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        gd.critEnter();
        return doretiLoop(gd, USER);
    }

    private static int takeLowestSoft(Globaldata gd) {
        int softint = Integer.numberOfTrailingZeros(gd.spending);
        gd.spending &= gd.spending - 1;
        return softint;
    }

    private static int takeLowest(Globaldata gd) {
        int irq = Long.numberOfTrailingZeros(gd.ipending);
        gd.ipending &= gd.ipending - 1;
        return irq;
    }
}
