package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Landing;
import dev.swtch.machine.Next;
import dev.swtch.machine.Pmap;

/** The machine-dependent switch: sys/amd64/amd64/cpu_switch.S. */
final class CpuSwitch {
    private final UleKernel k;

    CpuSwitch(UleKernel k) {
        this.k = k;
    }

    /**
     * Leaves one thread and enters another: {@code cpu_switch}.
     *
     * @param landing where the old thread goes on
     * @param mtx what protects the old thread from the moment on in which it is saved
     */
    Next cpuSwitch(Cpu cpu, UleThread old, UleThread next, Mtx mtx, Landing<? super UleThread> landing) {
        cpu.save(landing, old, 0, 0);
        pmapActivateSw(cpu, next);
        old.lock = mtx;
        return enter(cpu, next);
    }

    /** Enters a thread with nothing to save: {@code cpu_throw}. */
    Next cpuThrow(Cpu cpu, UleThread next) {
        cpu.discard();
        pmapActivateSw(cpu, next);
        return enter(cpu, next);
    }

    private Next enter(Cpu cpu, UleThread next) {
        if (next.lock == k.locks.blockedLock) {
            throw cpu.violation("blocked-lock", next.name() + " is entered while another CPU switches it out");
        }
        Pcpu.of(cpu).setCurthread(next);
        return cpu.load(next);
    }

    /** {@code pmap_activate_sw}, sys/amd64/amd64/pmap.c; kernel threads live in the kernel's own address space. */
    private void pmapActivateSw(Cpu cpu, UleThread td) {
        Pmap pmap = td.pmap();
        if (pmap == null) {
            pmap = k.kernelPmap;
        }
        Pmap old = cpu.pmap();
        if (old == pmap) {
            return;
        }
        cpu.activate(pmap);
        if (old != null) {
            cpu.deactivate(old);
        }
    }
}
