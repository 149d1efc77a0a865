package dev.swtch.engine.exec;

import dev.swtch.engine.workload.Need;
import dev.swtch.engine.workload.Step;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.CpuState;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import dev.swtch.machine.Vector;
import dev.swtch.spi.ScheduleContract;

/**
 * Interrupts that threads send to CPUs. The kernels have vectors of their own for such calls; here they are fast
 * interrupts of one line that has a handler on every CPU, so that each scheduler serves them by its own route. Those
 * that arrive while one is pending are served together with it.
 */
final class Ipis {
    private final Machine machine;
    private final int line;

    private final Frame<Object> served = new Frame<>("IPI_SERVED", (cpu, ref, a, ns) -> served(cpu, ns));

    /** Work that was sent to each CPU and has not begun, in ns. */
    private final long[] owedNs;

    Ipis(Machine machine, int line) {
        this.machine = machine;
        this.line = line;
        this.owedNs = new long[machine.cpuCount()];
    }

    void attach(ScheduleContract scheduling, WorkloadMachine owner) {
        if (owner.workload().needs().contains(Need.IPI)) {
            for (int cpu = 0; cpu < owedNs.length; cpu++) {
                scheduling.attachDevice(line, cpu, false, (at, number) -> serve(at));
            }
        }
    }

    private Next serve(Cpu cpu) {
        long ns = owedNs[cpu.id()];
        owedNs[cpu.id()] = 0;
        cpu.push(served, 0, ns);
        return ns > 0 ? cpu.work(Mode.KERNEL, ns) : Next.RETURN;
    }

    private static Next served(Cpu cpu, long ns) {
        Task.handled(cpu, ns);
        return Next.RETURN;
    }

    void send(Cpu from, int target, long handlerNs) {
        if (target != Step.Ipi.ALL_BUT_SELF) {
            sendOne(from, target, handlerNs);
            return;
        }
        for (int cpu = 0; cpu < owedNs.length; cpu++) {
            if (cpu != from.id()) {
                sendOne(from, cpu, handlerNs);
            }
        }
    }

    private void sendOne(Cpu from, int target, long handlerNs) {
        if (machine.cpu(target).state() != CpuState.OFF) {
            owedNs[target] += handlerNs;
            from.sendIpi(machine.cpu(target), Vector.FIRST_DEVICE + line);
        }
    }
}
