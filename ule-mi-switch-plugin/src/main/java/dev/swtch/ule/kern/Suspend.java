package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.ThreadFlags.TDA_SUSPEND;
import static dev.swtch.ule.kern.ThreadFlags.TDF_SINTR;
import static dev.swtch.ule.kern.ThreadFlags.TDI_SUSPENDED;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** Stopping a thread as a stop signal's default action does: sys/kern/kern_sig.c, kern_thread.c. */
final class Suspend {
    private final UleKernel k;

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
            return k.sleep.threadUnsuspendOne(cpu, td);
        }
        return Next.RETURN;
    }

    /**
     * {@code ast_suspend}, sys/kern/kern_thread.c; for a thread that sent the signal itself {@code issignal},
     * sys/kern/kern_sig.c, whose default action it takes.
     */
    Next astSuspend(Cpu cpu, UleThread td) {
        if (!td.stopped) {
            return Next.RETURN;
        }
        if (td.stopsItself) {
            return k.sleep.threadSuspendSwitch(cpu);
        }
        return k.sleep.threadSuspendCheck(cpu);
    }
}
