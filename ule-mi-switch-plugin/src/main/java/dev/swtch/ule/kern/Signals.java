package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.ThreadFlags.TDF_NEEDSIGCHK;
import static dev.swtch.ule.kern.ThreadFlags.TDF_SINTR;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** Signals as far as they end sleeps: sys/kern/kern_sig.c. A pending signal is known by the error it causes. */
final class Signals {
    private final UleKernel k;

    Signals(UleKernel k) {
        this.k = k;
    }

    /**
     * Posts a signal to a thread: {@code tdsendsignal} and {@code tdsigwakeup}, sys/kern/kern_sig.c.
     *
     * @param value {@code EINTR} or {@code ERESTART}: what an interrupted sleep returns
     * @param kill whether the signal's default action ends the process
     */
    Next tdsigwakeup(Cpu cpu, UleThread td, int value, boolean kill) {
        td.sig = value;
        k.locks.mtxLockSpin(cpu, td.proc.slock);
        k.locks.threadLock(cpu, td);
        td.flags |= TDF_NEEDSIGCHK;
        if (kill && td.priority > Pri.PUSER && !td.isIdletd()) {
            k.prio.schedPrio(cpu, td, Pri.PUSER);
        }
        Mtx lock = td.lock;
        if (td.onSleepq()) {
            if ((td.flags & TDF_SINTR) != 0) {
                if (td.priority > Pri.PUSER && !td.isIdletd()) {
                    k.prio.schedPrio(cpu, td, Pri.PUSER);
                }
                lock = k.sleepq.sleepqAbort(cpu, td, value);
            }
        } else if (td.isRunning() && td != Pcpu.curthread(cpu)) {
            forwardSignal(cpu, td);
        }
        k.locks.mtxUnlockSpinHeld(cpu, lock);
        return k.locks.mtxUnlockSpin(cpu, td.proc.slock);
    }

    /** The thread shall notice: {@code forward_signal}, sys/kern/subr_smp.c. */
    private void forwardSignal(Cpu cpu, UleThread td) {
        if (k.smpStarted && td.oncpu != ThreadFlags.NOCPU) {
            k.ipi.ipiCpu(cpu, td.oncpu, Ipi.IPI_AST);
        }
    }

    /** What a pending signal makes a sleep return; 0 if none is pending: {@code cursig}, {@code sig_intr}. */
    int cursig(UleThread td) {
        return td.sig;
    }

    /** The signal is handled on the way to user mode: {@code ast} of {@code TDA_SIG}. */
    void postsig(UleThread td) {
        td.sig = 0;
        td.flags &= ~TDF_NEEDSIGCHK;
    }
}
