package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SWT_COUNT;
import static dev.swtch.ule.kern.SwitchFlags.SW_INVOL;
import static dev.swtch.ule.kern.SwitchFlags.SW_PREEMPT;
import static dev.swtch.ule.kern.SwitchFlags.SW_TYPE_MASK;
import static dev.swtch.ule.kern.SwitchFlags.SW_VOL;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** The machine-independent prelude to a switch, the only way into it but for a thread's exit: kern_synch.c. */
final class MiSwitch {
    private final UleKernel k;
    private final Frame<Object> MI_SWITCH = new Frame<>("MI_SWITCH", this::miSwitchDone);

    MiSwitch(UleKernel k) {
        this.k = k;
    }

    /** {@code mi_switch}, sys/kern/kern_synch.c: with the thread's lock on entry, without it on return. */
    Next miSwitch(Cpu cpu, int flags) {
        Pcpu pc = Pcpu.of(cpu);
        UleThread td = Pcpu.curthread(cpu);
        checkEntry(cpu, td, flags);
        if ((flags & SW_VOL) != 0) {
            td.nvcsw++;
            td.swvoltick = k.ticks;
            pc.volSwitches[flags & SW_TYPE_MASK]++;
        } else {
            td.nivcsw++;
            td.swinvoltick = k.ticks;
        }
        pc.schedSwitchStats[flags & SW_TYPE_MASK]++;
        if ((flags & SW_PREEMPT) != 0) {
            pc.preemptSwitches++;
        }
        long now = cpu.now();
        td.tdRuntime += now - pc.switchtime;
        pc.switchtime = now;
        td.generation++;
        pc.vSwtch++;
        pc.switchticks = k.ticks;
        k.probes.miSwitch(cpu.id(), td, flags);
        cpu.push(MI_SWITCH);
        return k.switcher.schedSwitch(cpu, td, flags);
    }

    private Next miSwitchDone(Cpu cpu, Object ref, int a, long b) {
        reapDeadthread(cpu);
        return k.critical.spinlockExit(cpu);
    }

    /** The thread that exited before the switch is stashed for its process to reap. */
    void reapDeadthread(Cpu cpu) {
        Pcpu pc = Pcpu.of(cpu);
        UleThread td = pc.deadthread;
        if (td != null) {
            pc.deadthread = null;
            k.threads.threadStash(cpu, td);
        }
    }

    /** What {@code mi_switch} asserts on entry. */
    private static void checkEntry(Cpu cpu, UleThread td, int flags) {
        td.lock.assertOwned(cpu);
        if (td.critnest != 1) {
            throw cpu.violation("mi-switch-critnest", td.name() + " switches in a critical section");
        }
        if (td.onRunq()) {
            throw cpu.violation("mi-switch-runq", td.name() + " switches while it is on a run queue");
        }
        int volition = flags & (SW_VOL | SW_INVOL);
        if (volition != SW_VOL && volition != SW_INVOL) {
            throw cpu.violation("mi-switch-volition", "a switch is neither voluntary nor involuntary, or both");
        }
        int type = flags & SW_TYPE_MASK;
        if (type == 0 || type >= SWT_COUNT) {
            throw cpu.violation("mi-switch-type", "no switch is of type " + type);
        }
    }
}
