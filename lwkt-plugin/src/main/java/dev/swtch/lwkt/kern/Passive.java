package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Tdpri.TDPRI_KERN_USER;
import static dev.swtch.lwkt.sys.Tdpri.TDPRI_USER_NORM;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.ThreadHook;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/**
 * An LWP in the kernel keeps its CPU's designation as current user process until it blocks or is asked to give way,
 * sys/kern/lwkt_thread.c and platform/pc64/x86_64/trap.c.
 */
public final class Passive {
    /** {@code lwkt_passive_release} as what {@code td_release} points to. */
    public final ThreadHook lwktPassiveRelease = this::lwktPassiveRelease;

    private final LwktKernel k;
    private final Frame<LwktThread> prioritised = new Frame<>("PASSIVE_RELEASE", this::prioritised);
    private final Frame<Object> recovered = new Frame<>("PASSIVE_RECOVER", this::recovered);

    Passive(LwktKernel k) {
        this.k = k;
    }

    /** {@code lwkt_passive_release}, sys/kern/lwkt_thread.c. */
    public Next lwktPassiveRelease(Globaldata gd, LwktThread td, int unused) {
        td.release = null;
        gd.cpu.push(prioritised, td);
        return k.schedule.lwktSetpriSelf(gd, TDPRI_KERN_USER);
    }

    private Next prioritised(Cpu cpu, LwktThread td, int a, long b) {
        Lwp lp = td.lwp;
        if (lp == null) {
            throw cpu.violation("no-lwp", td.comm + " gave up a designation but is no LWP's thread");
        }
        return lp.proc.usched.releaseCurproc(Globaldata.of(cpu), lp);
    }

    /** {@code lwkt_passive_recover}, platform/pc64/x86_64/trap.c. */
    public Next lwktPassiveRecover(Globaldata gd) {
        LwktThread td = gd.curthread;
        if (td.release == null) {
            gd.cpu.push(recovered);
            return k.schedule.lwktSetpriSelf(gd, TDPRI_USER_NORM);
        }
        td.release = null;
        return Next.RETURN;
    }

    private Next recovered(Cpu cpu, Object ref, int a, long b) {
        Globaldata.of(cpu).curthread.release = null;
        return Next.RETURN;
    }
}
