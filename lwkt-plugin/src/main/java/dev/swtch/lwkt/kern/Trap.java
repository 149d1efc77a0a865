package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Rqf.RQF_AST_SIGNAL;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_USER_NORM;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/**
 * Between user mode and kernel, platform/pc64/x86_64/trap.c: where LWKT and the user scheduler meet. Entering the kernel
 * only notes that a designation may have to be given up; going back acquires it.
 */
public final class Trap {
    private final LwktKernel k;
    private final Frame<Lwp> recovered = new Frame<>("USEREXIT_RECOVERED", this::recovered);
    private final Frame<Object> unstopped =
            new Frame<>("USERRET_UNSTOPPED", (cpu, ref, a, b) -> userret(Globaldata.of(cpu)));
    private final Frame<Object> returned = new Frame<>("USERRET", this::returned);
    private final Frame<Object> usermode = new Frame<>("USERMODE", this::usermode);
    private final Frame<LwktThread> astDone = new Frame<>("AST", this::astDone);
    private final Frame<Object> firstPrioritised = new Frame<>("LWP_PRIORITISED", this::firstPrioritised);
    private final Frame<Object> firstReturned = new Frame<>("LWP_RETURNED", this::firstReturned);
    private final Frame<Object> firstSplzed = new Frame<>("LWP_SPLZED", this::firstSplzed);

    Trap(LwktKernel k) {
        this.k = k;
    }

    /** {@code userenter}, platform/pc64/x86_64/trap.c: the current LWP left user mode. */
    public void userenter(Globaldata gd) {
        LwktThread td = gd.curthread;
        lwp(gd).user = false;
        td.release = k.passive.lwktPassiveRelease;
    }

    /** {@code userret}, platform/pc64/x86_64/trap.c, and {@code userexit}: posted signals are forgotten. */
    private Next userret(Globaldata gd) {
        Lwp lp = lwp(gd);
        if (lp.stopRequested) {
            gd.cpu.push(unstopped);
            return k.sig.tstop(gd, lp);
        }
        return recover(gd, lp);
    }

    private Next recover(Globaldata gd, Lwp lp) {
        lp.sigpend = 0;
        gd.cpu.push(recovered, lp);
        return k.passive.lwktPassiveRecover(gd);
    }

    private Next recovered(Cpu cpu, Lwp lp, int a, long b) {
        return lp.proc.usched.acquireCurproc(Globaldata.of(cpu), lp);
    }

    /** The end of a system call: goes back to user mode, where what was pushed goes on. */
    public Next returnToUser(Globaldata gd) {
        gd.cpu.push(usermode);
        gd.cpu.push(returned);
        return userret(gd);
    }

    private Next returned(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        leftClean(gd, gd.curthread, 0, "syscall2");
        lookAgain(cpu);
        return k.splz.doreti(gd, true);
    }

    private Next usermode(Cpu cpu, Object ref, int a, long b) {
        lwp(Globaldata.of(cpu)).user = true;
        return Next.RETURN;
    }

    /** {@code trap} for T_ASTFLT, platform/pc64/x86_64/trap.c: interrupted user mode is left and entered again. */
    Next ast(Globaldata gd) {
        LwktThread td = gd.curthread;
        userenter(gd);
        gd.cpu.push(astDone, td, td.critcount, 0);
        return userret(gd);
    }

    private Next astDone(Cpu cpu, LwktThread td, int critcount, long b) {
        Globaldata gd = Globaldata.of(cpu);
        leftClean(gd, td, critcount, "trap");
        lwp(gd).user = true;
        lookAgain(cpu);
        return Next.RETURN;
    }

    /** User mode is entered with the critical sections it was left with and without tokens. */
    private static void leftClean(Globaldata gd, LwktThread td, int critcount, String func) {
        if (td.critcount != critcount) {
            throw Kassert.failed(
                    gd, func, "crit_count == td->td_critcount", func + ": critical section count mismatch!");
        }
        if (td.toksHeld()) {
            throw Kassert.failed(
                    gd, func, "&td->td_toks_base == td->td_toks_stop", func + ": extra tokens held after trap!");
        }
    }

    /** A request to stop that came while it waited for its turn in user mode is not left to chance. */
    private static void lookAgain(Cpu cpu) {
        Globaldata gd = Globaldata.of(cpu);
        if (lwp(gd).stopRequested) {
            gd.setReqflags(RQF_AST_SIGNAL);
        }
    }

    /** {@code generic_lwp_return}, platform/pc64/x86_64/trap.c: a new LWP goes to user mode for the first time. */
    Next genericLwpReturn(Globaldata gd) {
        gd.cpu.push(firstPrioritised);
        return k.schedule.lwktSetpriSelf(gd, TDPRI_USER_NORM);
    }

    private Next firstPrioritised(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        userenter(gd);
        cpu.push(firstReturned);
        return userret(gd);
    }

    private Next firstReturned(Cpu cpu, Object ref, int a, long b) {
        cpu.push(firstSplzed);
        return k.splz.splz(Globaldata.of(cpu));
    }

    private Next firstSplzed(Cpu cpu, Object ref, int a, long b) {
        lookAgain(cpu);
        cpu.push(usermode);
        return k.splz.doreti(Globaldata.of(cpu), true);
    }

    private static Lwp lwp(Globaldata gd) {
        Lwp lp = gd.curthread.lwp;
        if (lp == null) {
            throw gd.cpu.violation("no-lwp", gd.curthread.comm + " has no user mode");
        }
        return lp;
    }
}
