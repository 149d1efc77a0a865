package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SWT_SLEEPQ;
import static dev.swtch.ule.kern.SwitchFlags.SW_VOL;
import static dev.swtch.ule.kern.ThreadFlags.TDA_SUSPEND;
import static dev.swtch.ule.kern.ThreadFlags.TDF_NEEDSIGCHK;
import static dev.swtch.ule.kern.ThreadFlags.TDF_SINTR;
import static dev.swtch.ule.kern.ThreadFlags.TDF_TIMEOUT;
import static dev.swtch.ule.kern.ThreadFlags.TDI_SLEEPING;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/**
 * The four ways to wait on a sleep queue: sys/kern/subr_sleepqueue.c.
 *
 * <p>A thread that joined a queue waits here; a function that returns a number leaves it in the thread's {@code
 * retval}. Deviation: the process's mutex around the test for signals is not taken, since its owner never sleeps.
 */
final class SleepqWait {
    private final UleKernel k;
    private final Frame<Object> TIMEDWAIT = new Frame<>("TIMEDWAIT", this::timedwaitDone);
    private final Frame<Object> WAIT_SIG = new Frame<>("WAIT_SIG", this::waitSigDone);
    private final Frame<Object> TIMEDWAIT_SIG = new Frame<>("TIMEDWAIT_SIG", this::timedwaitSigDone);
    private final Frame<Object> CHECK_AST = new Frame<>("CHECK_AST", this::checkAstUnlocked);
    private final Frame<Object> CHECK_SIG = new Frame<>("CHECK_SIG", this::checkSig);
    private final Frame<Object> CATCH_DONE = new Frame<>("CATCH_DONE", this::catchDone);

    SleepqWait(UleKernel k) {
        this.k = k;
    }

    /**
     * Leaves the CPU unless woken meanwhile: {@code sleepq_switch}, sys/kern/subr_sleepqueue.c; with the chain and the
     * thread locked.
     */
    private Next sleepqSwitch(Cpu cpu, UleThread td, long wchan, int pri) {
        SleepqChain sc = k.sleepq.chain(wchan);
        sc.lock.assertOwned(cpu);
        k.locks.assertOwned(cpu, td);
        if (td.sleepqueue != null || (td.flags & TDF_TIMEOUT) != 0) {
            SleepQueue sq = td.sleepqueue == null ? sc.lookup(wchan) : null;
            if (sq != null) {
                k.sleepq.sleepqRemoveThread(cpu, sq, td);
            }
            k.locks.mtxUnlockSpinHeld(cpu, sc.lock);
            return k.locks.threadUnlock(cpu, td);
        }
        k.sleep.schedSleep(cpu, td, pri);
        k.locks.threadLockSet(cpu, td, sc.lock);
        td.setInhib(TDI_SLEEPING);
        return k.mi.miSwitch(cpu, SW_VOL | SWT_SLEEPQ);
    }

    /** {@code sleepq_wait}, sys/kern/subr_sleepqueue.c. */
    Next sleepqWait(Cpu cpu, long wchan, int pri) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.threadLock(cpu, td);
        return sleepqSwitch(cpu, td, wchan, pri);
    }

    /** {@code sleepq_timedwait}, sys/kern/subr_sleepqueue.c. */
    Next sleepqTimedwait(Cpu cpu, long wchan, int pri) {
        cpu.push(TIMEDWAIT);
        return sleepqWait(cpu, wchan, pri);
    }

    private Next timedwaitDone(Cpu cpu, Object ref, int a, long b) {
        UleThread td = Pcpu.curthread(cpu);
        td.retval = sleepqCheckTimeout(cpu, td);
        return Next.RETURN;
    }

    /** {@code sleepq_wait_sig}, sys/kern/subr_sleepqueue.c. */
    Next sleepqWaitSig(Cpu cpu, long wchan, int pri) {
        cpu.push(WAIT_SIG);
        return sleepqCatchSignals(cpu, wchan, pri);
    }

    private Next waitSigDone(Cpu cpu, Object ref, int a, long b) {
        UleThread td = Pcpu.curthread(cpu);
        if (td.retval == 0) {
            td.retval = sleepqCheckSignals(cpu, td);
        }
        return Next.RETURN;
    }

    /** {@code sleepq_timedwait_sig}, sys/kern/subr_sleepqueue.c. */
    Next sleepqTimedwaitSig(Cpu cpu, long wchan, int pri) {
        cpu.push(TIMEDWAIT_SIG);
        return sleepqCatchSignals(cpu, wchan, pri);
    }

    private Next timedwaitSigDone(Cpu cpu, Object ref, int a, long b) {
        UleThread td = Pcpu.curthread(cpu);
        int timedOut = sleepqCheckTimeout(cpu, td);
        int signalled = sleepqCheckSignals(cpu, td);
        if (td.retval == 0) {
            td.retval = signalled != 0 ? signalled : timedOut;
        }
        return Next.RETURN;
    }

    /** Whether the deadline has passed when the thread runs again: {@code sleepq_check_timeout}. */
    private int sleepqCheckTimeout(Cpu cpu, UleThread td) {
        int res = td.sleeptimo != 0 && td.sleeptimo <= k.clocks.sbinuptime(cpu) ? Sleepq.EWOULDBLOCK : 0;
        td.sleeptimo = 0;
        return res;
    }

    /** Whether a signal ended the sleep: {@code sleepq_check_signals}. */
    private static int sleepqCheckSignals(Cpu cpu, UleThread td) {
        if ((td.flags & TDF_SINTR) != 0) {
            throw cpu.violation("sleepq-sintr", td.name() + " runs but still sleeps interruptibly");
        }
        return td.intrval;
    }

    /** Sleeps unless a signal or a stop is pending: {@code sleepq_catch_signals}, sys/kern/subr_sleepqueue.c. */
    private Next sleepqCatchSignals(Cpu cpu, long wchan, int pri) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.threadLock(cpu, td);
        if ((td.flags & TDF_NEEDSIGCHK) == 0 && (td.ast & TDA_SUSPEND) == 0) {
            cpu.push(CATCH_DONE);
            return sleepqSwitch(cpu, td, wchan, pri);
        }
        // The chain is unlocked for the test: a preemption owed for the interlock's waiters happens here, and who wakes
        // the thread from now on takes it off its queue before it sleeps.
        k.locks.threadUnlockHeld(cpu, td);
        cpu.push(CHECK_AST, pri, wchan);
        return k.locks.mtxUnlockSpin(cpu, k.sleepq.chain(wchan).lock);
    }

    private Next catchDone(Cpu cpu, Object ref, int a, long b) {
        Pcpu.curthread(cpu).retval = 0;
        return Next.RETURN;
    }

    /**
     * {@code sleepq_check_ast_sc_locked} from where it has dropped the chain: a stop first, for a signal may come
     * meanwhile.
     */
    private Next checkAstUnlocked(Cpu cpu, Object ref, int pri, long wchan) {
        cpu.push(CHECK_SIG, pri, wchan);
        return k.suspend.astSuspend(cpu, Pcpu.curthread(cpu));
    }

    /** The rest of {@code sleepq_check_ast_sc_locked} and of its caller. */
    private Next checkSig(Cpu cpu, Object ref, int pri, long wchan) {
        UleThread td = Pcpu.curthread(cpu);
        SleepqChain sc = k.sleepq.chain(wchan);
        int ret = k.signals.cursig(td);
        k.locks.mtxLockSpin(cpu, sc.lock);
        k.locks.threadLock(cpu, td);
        if (ret == 0) {
            cpu.push(CATCH_DONE);
            return sleepqSwitch(cpu, td, wchan, pri);
        }
        SleepQueue sq = td.onSleepq() ? sc.lookup(wchan) : null;
        if (sq != null) {
            k.sleepq.sleepqRemoveThread(cpu, sq, td);
        }
        td.retval = ret;
        k.locks.mtxUnlockSpinHeld(cpu, sc.lock);
        return k.locks.threadUnlock(cpu, td);
    }
}
