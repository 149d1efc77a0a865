package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SWT_SUSPEND;
import static dev.swtch.ule.kern.SwitchFlags.SW_INVOL;
import static dev.swtch.ule.kern.SwitchFlags.SW_VOL;
import static dev.swtch.ule.kern.ThreadFlags.TDA_SUSPEND;
import static dev.swtch.ule.kern.ThreadFlags.TDF_SINTR;
import static dev.swtch.ule.kern.ThreadFlags.TDI_SUSPENDED;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** Stopping a thread as a stop signal's default action does: sys/kern/kern_sig.c, kern_thread.c. */
final class Suspend {
    private final UleKernel k;
    private final Frame<UleThread> SUSPEND_CHECK = new Frame<>("SUSPEND_CHECK", this::threadSuspendCheck);

    Suspend(UleKernel k) {
        this.k = k;
    }

    /**
     * One thread of {@code sig_suspend_threads}, sys/kern/kern_sig.c: a thread that sleeps interruptibly is stopped in
     * place, any other at its next way to user mode.
     */
    Next threadStop(Cpu cpu, UleThread td) {
        k.locks.threadLock(cpu, td);
        td.ast |= TDA_SUSPEND;
        td.stopped = true;
        td.stopsItself = td == Pcpu.curthread(cpu);
        if (td.isSleeping() && (td.flags & TDF_SINTR) != 0 && !td.isSuspended()) {
            td.setInhib(TDI_SUSPENDED);
            k.sleep.schedSleep(cpu, td, 0);
        } else if (td.isRunning() && td != Pcpu.curthread(cpu)) {
            k.ipi.ipiCpu(cpu, td.oncpu, Ipi.IPI_AST);
        }
        return k.locks.threadUnlock(cpu, td);
    }

    /** The stop is over: {@code thread_unsuspend}, sys/kern/kern_thread.c. */
    Next threadContinue(Cpu cpu, UleThread td) {
        td.stopped = false;
        if (td.isSuspended()) {
            return threadUnsuspendOne(cpu, td);
        }
        return Next.RETURN;
    }

    /** A stopped thread may go on, if nothing else holds it: {@code thread_unsuspend_one}, sys/kern/kern_thread.c. */
    Next threadUnsuspendOne(Cpu cpu, UleThread td) {
        k.locks.threadLock(cpu, td);
        td.clrInhib(TDI_SUSPENDED);
        return k.sleep.setrunnable(cpu, td, 0);
    }

    /**
     * The running thread stops if it is to: {@code ast_suspend}, sys/kern/kern_thread.c, on its way to user mode, and
     * {@code sig_ast_checksusp}, sys/kern/kern_sig.c, before it sleeps; for a thread that sent the signal itself {@code
     * issignal}, whose default action it takes.
     */
    Next astSuspend(Cpu cpu, UleThread td) {
        if (td.stopped && td.stopsItself) {
            return threadSuspendSwitch(cpu);
        }
        return threadSuspendCheck(cpu, td);
    }

    /** The running thread stops itself: {@code thread_suspend_switch}, sys/kern/kern_thread.c. */
    Next threadSuspendSwitch(Cpu cpu) {
        return suspend(cpu, SW_VOL | SWT_SUSPEND);
    }

    /** Suspended as long as a stop is in force: {@code thread_suspend_check}, sys/kern/kern_thread.c. */
    private Next threadSuspendCheck(Cpu cpu, UleThread td) {
        if (!td.stopped) {
            return Next.RETURN;
        }
        cpu.push(SUSPEND_CHECK, td);
        return suspend(cpu, SW_INVOL | SWT_SUSPEND);
    }

    private Next threadSuspendCheck(Cpu cpu, UleThread td, int a, long b) {
        return threadSuspendCheck(cpu, td);
    }

    private Next suspend(Cpu cpu, int flags) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.threadLock(cpu, td);
        td.setInhib(TDI_SUSPENDED);
        k.sleep.schedSleep(cpu, td, 0);
        return k.mi.miSwitch(cpu, flags);
    }
}
