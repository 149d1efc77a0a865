package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SRQ_INTR;
import static dev.swtch.ule.kern.SwitchFlags.SWT_IWAIT;
import static dev.swtch.ule.kern.SwitchFlags.SW_VOL;
import static dev.swtch.ule.kern.ThreadFlags.TDI_IWAIT;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** Interrupts that are served by threads: sys/kern/kern_intr.c. */
final class Ithread {
    private final UleKernel k;
    private final Frame<UleThread> INTR_DONE = new Frame<>("INTR_DONE", this::intrDone);

    Ithread(UleKernel k) {
        this.k = k;
    }

    /**
     * An interrupt whose handler is a thread: {@code intr_event_handle}, sys/kern/kern_intr.c.
     *
     * <p>The deferred preemption happens in the critical exit, with the nesting level still raised.
     */
    Next intrEventHandle(Cpu cpu, UleThread ithread) {
        UleThread td = Pcpu.curthread(cpu);
        td.intrNestingLevel++;
        k.critical.criticalEnter(cpu);
        intrEventScheduleThread(cpu, ithread);
        cpu.push(INTR_DONE, td);
        return k.critical.criticalExit(cpu);
    }

    private Next intrDone(Cpu cpu, UleThread td, int a, long b) {
        td.intrNestingLevel--;
        return Next.RETURN;
    }

    /** {@code intr_event_schedule_thread}, sys/kern/kern_intr.c; the caller is in a critical section. */
    void intrEventScheduleThread(Cpu cpu, UleThread ithread) {
        k.locks.threadLock(cpu, ithread);
        if (ithread.awaitingIntr()) {
            ithread.clrInhib(TDI_IWAIT);
            k.sleep.schedWakeupHeld(cpu, ithread, SRQ_INTR);
        } else {
            k.locks.threadUnlockHeld(cpu, ithread);
        }
    }

    /** The interrupt thread has nothing more to do: the end of {@code ithread_loop}, sys/kern/kern_intr.c. */
    Next ithreadWait(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.threadLock(cpu, td);
        td.setInhib(TDI_IWAIT);
        return k.mi.miSwitch(cpu, SW_VOL | SWT_IWAIT);
    }
}
