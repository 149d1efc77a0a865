package dev.swtch.engine.exec;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** Threads that threads make, one after another. */
final class Forks {
    private final WorkloadMachine machine;
    private final KernelCalls kernel;
    private final Interpreter interpreter;

    private final Frame<Task> forkMore =
            new Frame<>("FORK_MORE", (cpu, task, made, wanted) -> fork(cpu, task, made, wanted));

    Forks(WorkloadMachine machine, KernelCalls kernel, Interpreter interpreter) {
        this.machine = machine;
        this.kernel = kernel;
        this.interpreter = interpreter;
    }

    /** The whole of a fork step. */
    Next fork(Cpu cpu, Task task, int pc) {
        long wanted = task.value(task.code[pc + 2]);
        task.count(wanted);
        interpreter.enterKernel(cpu, task);
        return fork(cpu, task, 0, wanted);
    }

    private Next fork(Cpu cpu, Task task, int made, long wanted) {
        int[] code = task.code;
        int pc = task.pc;
        int register = code[pc + 3];
        int limit = code[pc + 4];
        if (made >= wanted || limit > 0 && task.registers[register] >= limit || !machine.mayFork()) {
            task.pc = pc + 6;
            return interpreter.step(cpu, task);
        }
        int children = code[pc + 5];
        Task child = machine.fork(cpu, task, code[pc + 1], task.registers[register]++, children);
        task.registers[children]++;
        cpu.push(forkMore, task, made + 1, wanted);
        return kernel.scheduling(cpu).release(cpu, child.thread());
    }
}
