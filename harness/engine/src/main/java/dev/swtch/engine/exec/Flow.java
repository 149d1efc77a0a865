package dev.swtch.engine.exec;

import dev.swtch.engine.workload.Op;
import dev.swtch.machine.Cpu;

/** Where a task goes on after a step that takes no time and meets nobody. */
final class Flow {
    private Flow() {}

    static int next(Cpu cpu, Task task, int op, int pc) {
        int[] code = task.code;
        switch (op) {
            case Op.CHOOSE -> {
                long branch = task.value(code[pc + 1]);
                task.count(branch);
                return pc + 2 + (1 + Op.operands(Op.JUMP)) * (int) branch;
            }
            case Op.JUMP -> {
                return code[pc + 1];
            }
            case Op.REJOIN -> {
                task.countAgain();
                return pc + 1;
            }
            case Op.TIMED_BEGIN -> {
                long ns = task.value(code[pc + 2]);
                task.count(ns);
                if (ns == 0) {
                    return code[pc + 3];
                }
                task.stopCounting();
                task.registers[code[pc + 1]] = cpu.now() + ns;
                return pc + 4;
            }
            default -> {
                if (cpu.now() < task.registers[code[pc + 1]]) {
                    return code[pc + 2];
                }
                task.countAgain();
                return pc + 3;
            }
        }
    }
}
