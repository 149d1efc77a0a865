package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SWT_IDLE;
import static dev.swtch.ule.kern.SwitchFlags.SWT_OWEPREEMPT;
import static dev.swtch.ule.kern.SwitchFlags.SW_INVOL;
import static dev.swtch.ule.kern.SwitchFlags.SW_PREEMPT;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** Critical sections and spin lock sections: sys/kern/kern_switch.c, sys/amd64/amd64/machdep.c. */
final class Critical {
    private final UleKernel k;
    private final Frame<Object> INTR_RESTORE = new Frame<>("INTR_RESTORE", this::intrRestore);

    Critical(UleKernel k) {
        this.k = k;
    }

    /** {@code critical_enter}, sys/sys/systm.h. */
    void criticalEnter(Cpu cpu) {
        enter(cpu, Pcpu.curthread(cpu));
    }

    private static void enter(Cpu cpu, UleThread td) {
        if (td.critnest++ == 0) {
            cpu.setCritical(true);
        }
    }

    /** {@code critical_exit}, sys/sys/systm.h; may lose the CPU. */
    Next criticalExit(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        leave(cpu, td);
        if (td.owepreempt) {
            return criticalExitPreempt(cpu);
        }
        return Next.RETURN;
    }

    /** {@link #criticalExit} of a section that is not the outermost. */
    void criticalExitHeld(Cpu cpu) {
        leaveHeld(cpu, Pcpu.curthread(cpu));
    }

    private static void leaveHeld(Cpu cpu, UleThread td) {
        leave(cpu, td);
        if (td.critnest == 0 && td.owepreempt) {
            throw cpu.violation("held-exit", td.name() + " owes a preemption where it cannot be switched out");
        }
    }

    private static void leave(Cpu cpu, UleThread td) {
        if (td.critnest <= 0) {
            throw cpu.violation("critnest", td.name() + " left a critical section it is not in");
        }
        if (--td.critnest == 0) {
            cpu.setCritical(false);
        }
    }

    /** {@code critical_exit_preempt}, sys/kern/kern_switch.c. */
    private Next criticalExitPreempt(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        if (td.critnest != 0) {
            return Next.RETURN;
        }
        // One level keeps the lock's own section from preempting in turn.
        criticalEnter(cpu);
        k.locks.threadLock(cpu, td);
        td.critnest--;
        int flags = SW_INVOL | SW_PREEMPT;
        flags |= td.isIdletd() ? SWT_IDLE : SWT_OWEPREEMPT;
        return k.mi.miSwitch(cpu, flags);
    }

    /** {@code spinlock_enter}, sys/amd64/amd64/machdep.c. */
    void spinlockEnter(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        if (td.spinlockCount++ == 0) {
            td.savedIntr = cpu.interruptsEnabled();
            cpu.disableInterrupts();
            enter(cpu, td);
        }
    }

    /** {@code spinlock_exit}, sys/amd64/amd64/machdep.c; a preemption is taken with interrupts still closed. */
    Next spinlockExit(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        if (--td.spinlockCount != 0) {
            return Next.RETURN;
        }
        if (td.owepreempt) {
            cpu.push(INTR_RESTORE, td.savedIntr ? 1 : 0, 0);
            return criticalExit(cpu);
        }
        leave(cpu, td);
        intrRestore(cpu, td.savedIntr);
        return Next.RETURN;
    }

    /** {@link #spinlockExit} where no preemption can be taken. */
    void spinlockExitHeld(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        if (--td.spinlockCount == 0) {
            leaveHeld(cpu, td);
            intrRestore(cpu, td.savedIntr);
        }
    }

    private Next intrRestore(Cpu cpu, Object ref, int enabled, long b) {
        intrRestore(cpu, enabled != 0);
        return Next.RETURN;
    }

    private static void intrRestore(Cpu cpu, boolean enabled) {
        if (enabled) {
            cpu.enableInterrupts();
        }
    }
}
