package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SWT_NEEDRESCHED;
import static dev.swtch.ule.kern.SwitchFlags.SW_INVOL;
import static dev.swtch.ule.kern.ThreadFlags.TDA_SCHED;
import static dev.swtch.ule.kern.ThreadFlags.TDA_SUSPEND;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** What a thread does on its way to user mode: sys/kern/subr_trap.c. */
final class Ast {
    private final UleKernel k;
    private final Frame<Object> AST_LOOP = new Frame<>("AST_LOOP", this::astLoop);

    private final Frame<UleThread> AST_SUSPEND = new Frame<>("AST_SUSPEND", this::astSuspend);

    Ast(UleKernel k) {
        this.k = k;
    }

    /** All the way to user mode: {@code ast} until none is pending, then {@code userret}. */
    Next userret(Cpu cpu) {
        return astLoop(cpu);
    }

    /** An interrupt returns to user mode: {@code doreti_ast}, sys/amd64/amd64/exception.S; nothing without an AST. */
    Next doreti(Cpu cpu) {
        if (Pcpu.curthread(cpu).ast == 0) {
            return Next.RETURN;
        }
        return astLoop(cpu);
    }

    private Next astLoop(Cpu cpu, Object ref, int a, long b) {
        return astLoop(cpu);
    }

    private Next astLoop(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        if (td.ast != 0) {
            cpu.push(AST_LOOP);
            return astOnce(cpu, td);
        }
        if (td.priority != td.userPri) {
            cpu.push(AST_LOOP);
            return k.prio.schedUserret(cpu, td);
        }
        return Next.RETURN;
    }

    /** One round: takes all pending ones, {@code ast}, sys/kern/subr_trap.c. */
    Next astOnce(Cpu cpu, UleThread td) {
        int pending = td.ast;
        td.ast = 0;
        if ((pending & TDA_SUSPEND) != 0) {
            cpu.push(AST_SUSPEND, td);
        }
        if ((pending & TDA_SCHED) != 0) {
            return astScheduler(cpu, td);
        }
        return k.prio.schedUserret(cpu, td);
    }

    private Next astSuspend(Cpu cpu, UleThread td, int a, long b) {
        return k.suspend.astSuspend(cpu, td);
    }

    /** {@code ast_scheduler}, sys/kern/kern_synch.c. */
    private Next astScheduler(Cpu cpu, UleThread td) {
        k.locks.threadLock(cpu, td);
        k.prio.schedPrio(cpu, td, td.userPri);
        return k.mi.miSwitch(cpu, SW_INVOL | SWT_NEEDRESCHED);
    }
}
