package dev.swtch.engine.exec;

import dev.swtch.engine.workload.Op;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;
import dev.swtch.spi.thread.ThreadClass;

/** Steps in which a thread changes what it asks of the scheduler: nice value, CPUs, class, and ceilings of mutexes. */
final class OwnChanges {
    private static final ThreadClass[] CLASSES = ThreadClass.values();

    private final WorkloadMachine machine;
    private final KernelCalls kernel;
    private final Interpreter interpreter;

    OwnChanges(WorkloadMachine machine, KernelCalls kernel, Interpreter interpreter) {
        this.machine = machine;
        this.kernel = kernel;
        this.interpreter = interpreter;
    }

    Next step(Cpu cpu, Task task, int op, int pc) {
        int value = task.code[pc + 1];
        switch (op) {
            case Op.SET_NICE -> {
                task.wishes.setNice(value);
                enter(cpu, task);
                return kernel.scheduling(cpu).setNice(cpu, task.thread(), value);
            }
            case Op.SET_AFFINITY -> {
                enter(cpu, task);
                task.allowOn(machine.meter().conservation().setOfAffinity(value));
                return kernel.scheduling(cpu).setAffinity(cpu, task.thread(), machine.affinity(value));
            }
            case Op.SET_CLASS -> {
                task.wishes.set(CLASSES[value], task.code[pc + 2]);
                return applyClass(cpu, task);
            }
            default -> {
                return ceiling(cpu, task, value, op == Op.CEILING_RAISE);
            }
        }
    }

    /**
     * The kernels' own mutexes with a ceiling lend a priority; here, for every scheduler has it, the thread changes its
     * class itself, before it locks and after it has unlocked.
     */
    private Next ceiling(Cpu cpu, Task task, int rank, boolean raise) {
        Wishes wishes = task.wishes;
        ThreadClass before = wishes.threadClass();
        int rankBefore = wishes.rank();
        if (raise) {
            wishes.raise(rank);
        } else {
            wishes.drop(rank);
        }
        boolean same = before == wishes.threadClass() && rankBefore == wishes.rank();
        return same ? interpreter.step(cpu, task) : applyClass(cpu, task);
    }

    private Next applyClass(Cpu cpu, Task task) {
        ThreadClass wanted = task.wishes.threadClass();
        enter(cpu, task);
        return kernel.scheduling(cpu).setClass(cpu, task.thread(), wanted, machine.rank(wanted, task.wishes.rank()));
    }

    private void enter(Cpu cpu, Task task) {
        interpreter.enterKernel(cpu, task);
        cpu.push(interpreter.step, task);
    }
}
