package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.Vector;

/** Inter-processor interrupts that share one vector by a bit map: sys/x86/x86/mp_x86.c. */
final class Ipi {
    static final int IPI_AST = 0;
    static final int IPI_PREEMPT = 1;
    static final int IPI_HARDCLOCK = 2;

    /** The vector all of them use. */
    static final int IPI_BITMAP_VECTOR = Vector.FIRST_IPI;

    private final UleKernel k;
    private final Frame<UleThread> IPI_DONE = new Frame<>("IPI_DONE", this::ipiDone);

    Ipi(UleKernel k) {
        this.k = k;
    }

    /** Only the first pending bit sends a real interrupt: {@code ipi_cpu}, {@code ipi_send_cpu}. */
    void ipiCpu(Cpu cpu, int target, int ipi) {
        k.probes.ipiCpu(cpu.id(), target, ipi);
        Pcpu to = k.pcpu(target);
        to.ipiCounts[ipi]++;
        int old = to.ipiBitmap;
        to.ipiBitmap = old | 1 << ipi;
        if (old == 0) {
            cpu.sendIpi(to.cpu, IPI_BITMAP_VECTOR);
        }
    }

    /** {@code ipi_bitmap_handler}, sys/x86/x86/mp_x86.c; the interrupt's return looks for the AST. */
    Next ipiBitmapHandler(Cpu cpu) {
        Pcpu pc = Pcpu.of(cpu);
        UleThread td = Pcpu.curthread(cpu);
        int bitmap = pc.ipiBitmap;
        pc.ipiBitmap = 0;
        td.intrNestingLevel++;
        cpu.push(IPI_DONE, td);
        if ((bitmap & 1 << IPI_PREEMPT) != 0) {
            return k.preempt.schedPreempt(cpu);
        }
        return Next.RETURN;
    }

    private Next ipiDone(Cpu cpu, UleThread td, int a, long b) {
        td.intrNestingLevel--;
        return Next.RETURN;
    }
}
