package dev.swtch.engine.exec;

import dev.swtch.engine.workload.MissPolicy;
import dev.swtch.engine.workload.TimerRule;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** Steps that end at an instant: sleeps, periodic timers, and work until a time has passed. */
final class Sleeps {
    private static final MissPolicy[] POLICIES = MissPolicy.values();

    private final WorkloadMachine machine;
    private final KernelCalls kernel;
    private final Interpreter interpreter;

    Sleeps(WorkloadMachine machine, KernelCalls kernel, Interpreter interpreter) {
        this.machine = machine;
        this.kernel = kernel;
        this.interpreter = interpreter;
    }

    /** How much work the task does next for a time that is not over; 0 if it is, and then the step is done. */
    static long runtimeSlice(Cpu cpu, Task task, int pc) {
        int register = task.code[pc + 3];
        if (task.registers[register] == 0) {
            long ns = task.value(task.code[pc + 1]);
            task.count(ns);
            task.registers[register] = cpu.now() + ns;
        }
        if (cpu.now() >= task.registers[register]) {
            task.registers[register] = 0;
            task.pc = pc + 4;
            return 0;
        }
        return Math.max(1, task.value(task.code[pc + 2]));
    }

    Next timer(Cpu cpu, Task task, int pc) {
        int[] code = task.code;
        long period = task.value(code[pc + 3]);
        MissPolicy policy = POLICIES[code[pc + 4]];
        task.count(period);
        task.pc = pc + 5;
        long[] states = code[pc + 1] >= 0 ? machine.timers() : task.registers;
        int at = code[pc + 1] >= 0 ? code[pc + 1] : code[pc + 2];
        long next = TimerRule.next(states[at], task.timerBaseNs, period, policy, cpu.now());
        if (next > cpu.now()) {
            states[at] = TimerRule.slept(next);
            return sleep(cpu, task, next - cpu.now());
        }
        states[at] = TimerRule.missed(next, policy, cpu.now());
        return interpreter.step(cpu, task);
    }

    Next sleep(Cpu cpu, Task task, long ns) {
        long untilNs = cpu.now() + ns;
        interpreter.enterKernel(cpu, task);
        cpu.push(interpreter.step, task);
        return kernel.blocking(cpu).sleep(cpu, Math.max(0, untilNs - cpu.now()));
    }
}
