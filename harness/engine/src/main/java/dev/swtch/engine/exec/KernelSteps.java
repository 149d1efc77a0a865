package dev.swtch.engine.exec;

import dev.swtch.engine.workload.Op;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Mode;
import dev.swtch.machine.Next;
import dev.swtch.machine.SpinLock;
import dev.swtch.spi.block.KernelLock;
import java.util.List;

/** Steps that run in the kernel: work there, critical sections, spin locks, kernel locks, binding, devices. */
final class KernelSteps {
    private final WorkloadMachine machine;
    private final KernelCalls kernel;
    private final Interpreter interpreter;
    private final SpinLock[] spinLocks;
    private final KernelLock[] mutexes;
    private final KernelLock[] serializers;

    private final Frame<Task> spinLook = new Frame<>("SPIN_LOOK", (cpu, task, lock, b) -> spin(cpu, task, lock));
    private final Frame<Task> ioLook = new Frame<>("IO_LOOK", (cpu, task, device, b) -> ioWait(cpu, task, device));

    KernelSteps(WorkloadMachine machine, KernelCalls kernel, Interpreter interpreter) {
        this.machine = machine;
        this.kernel = kernel;
        this.interpreter = interpreter;
        var objects = machine.workload().objects();
        spinLocks = objects.spinLocks().stream().map(name -> new SpinLock()).toArray(SpinLock[]::new);
        mutexes = locks(objects.kernelMutexes());
        serializers = locks(objects.serializers());
    }

    private KernelLock[] locks(List<String> names) {
        return names.stream()
                .map(name -> new KernelLock(machine.nextAddress(), name))
                .toArray(KernelLock[]::new);
    }

    Next step(Cpu cpu, Task task, int op, int pc) {
        int[] code = task.code;
        interpreter.enterKernel(cpu, task);
        task.pc = pc + 1 + Op.operands(op);
        if (op == Op.KERNEL_WORK) {
            long ns = task.value(code[pc + 1]);
            countAt(task, pc, ns);
            cpu.push(interpreter.step, task);
            return cpu.work(Mode.KERNEL, ns);
        }
        if (op == Op.DEVICE_IO) {
            long ns = task.value(code[pc + 2]);
            countAt(task, pc, ns);
            machine.devices().request(cpu, code[pc + 1], task, ns);
            return ioWait(cpu, task, code[pc + 1]);
        }
        if (op == Op.IPI) {
            long ns = task.value(code[pc + 2]);
            countAt(task, pc, ns);
            machine.ipis().send(cpu, code[pc + 1], ns);
            return interpreter.step(cpu, task);
        }
        countAt(task, pc, 0);
        if (op == Op.SPIN_LOCK) {
            task.kernelDepth++;
            kernel.preemption(cpu).spinEnter(cpu);
            return spin(cpu, task, code[pc + 1]);
        }
        cpu.push(interpreter.step, task);
        switch (op) {
            case Op.CRIT_ENTER -> {
                task.kernelDepth++;
                kernel.preemption(cpu).criticalEnter(cpu);
                return Next.RETURN;
            }
            case Op.CRIT_EXIT -> {
                task.kernelDepth--;
                return kernel.preemption(cpu).criticalExit(cpu);
            }
            case Op.SPIN_UNLOCK -> {
                task.kernelDepth--;
                spinLocks[code[pc + 1]].unlock(cpu);
                return kernel.preemption(cpu).spinExit(cpu);
            }
            case Op.KMUTEX_LOCK -> {
                task.kernelDepth++;
                task.waitsFor = mutexes[code[pc + 1]].name();
                machine.stalls().begin();
                return kernel.blocking(cpu).lock(cpu, mutexes[code[pc + 1]]);
            }
            case Op.KMUTEX_UNLOCK -> {
                task.kernelDepth--;
                return kernel.blocking(cpu).unlock(cpu, mutexes[code[pc + 1]]);
            }
            case Op.SERIALIZER_ENTER -> {
                task.kernelDepth++;
                task.waitsFor = serializers[code[pc + 1]].name();
                machine.stalls().begin();
                return kernel.blocking(cpu).enter(cpu, serializers[code[pc + 1]]);
            }
            case Op.SERIALIZER_LEAVE -> {
                task.kernelDepth--;
                return kernel.blocking(cpu).leave(cpu, serializers[code[pc + 1]]);
            }
            case Op.BIND -> {
                task.kernelDepth += task.bound ? 0 : 1;
                task.bound = true;
                task.allowedSet = machine.meter().conservation().setOfCpu(code[pc + 1]);
                return kernel.scheduling(cpu).bind(cpu, code[pc + 1]);
            }
            case Op.UNBIND -> {
                if (!task.bound) {
                    return Next.RETURN;
                }
                task.kernelDepth--;
                task.bound = false;
                task.allowedSet = task.affinitySet;
                return kernel.scheduling(cpu).unbind(cpu);
            }
            case Op.STOP -> {
                Task other = machine.taskOf(code[pc + 1]);
                return other == null ? Next.RETURN : kernel.scheduling(cpu).stop(cpu, other.thread());
            }
            case Op.CONTINUE -> {
                Task other = machine.taskOf(code[pc + 1]);
                return other == null ? Next.RETURN : kernel.scheduling(cpu).resume(cpu, other.thread());
            }
            default -> throw new IllegalStateException("no such operation: " + Op.name(op));
        }
    }

    /** The hash names a step by where it stands, not by where the task goes on. */
    private static void countAt(Task task, int pc, long value) {
        int next = task.pc;
        task.pc = pc;
        task.count(value);
        task.pc = next;
    }

    private Next spin(Cpu cpu, Task task, int lock) {
        if (spinLocks[lock].tryLock(cpu)) {
            return interpreter.step(cpu, task);
        }
        cpu.push(spinLook, task, lock, 0);
        return cpu.spin();
    }

    private Next ioWait(Cpu cpu, Task task, int device) {
        if (task.ioDone) {
            task.ioDone = false;
            return interpreter.step(cpu, task);
        }
        cpu.push(ioLook, task, device, 0);
        return machine.devices().await(cpu, task, device);
    }
}
