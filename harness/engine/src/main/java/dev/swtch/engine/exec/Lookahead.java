package dev.swtch.engine.exec;

import dev.swtch.engine.workload.Op;
import dev.swtch.engine.workload.Program;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.Machine;
import dev.swtch.spi.Foresight;
import dev.swtch.spi.thread.KThread;

/**
 * Knows what the workload's threads will do: walks a copy of a thread's registers through the steps ahead, drawing what
 * the thread will draw, up to the first step that may wait.
 */
public final class Lookahead implements Foresight {
    /** Steps after which no end of the work is in sight. */
    private static final int MOST_STEPS = 10_000;

    private final Machine machine;
    private final long[] registers;

    /** For each label of the workload, within what it has to be over, in ns; negative if nothing is said. */
    private final long[] withinNs;

    private int pc;
    private long work;

    /** Looks ahead in the threads of a workload that runs on a machine. */
    public Lookahead(Workload workload, Machine machine) {
        this.machine = machine;
        int most = 0;
        for (Program program : workload.programs()) {
            most = Math.max(most, program.registers());
        }
        registers = new long[most];
        withinNs = new long[workload.probes().size()];
        for (int label = 0; label < withinNs.length; label++) {
            withinNs[label] =
                    workload.goals().measureOf(workload.probes().get(label)).deadlineNs();
        }
    }

    @Override
    public long workLeftNs(KThread thread) {
        if (!(thread.body() instanceof Task task)) {
            return 0;
        }
        begin(task);
        for (int steps = 0; advance(task); steps++) {
            if (steps == MOST_STEPS) {
                return NEVER;
            }
        }
        return work;
    }

    @Override
    public long deadlineNs(KThread thread) {
        if (!(thread.body() instanceof Task task)) {
            return 0;
        }
        long underWay = deadlineUnderWay(task);
        if (underWay != NEVER) {
            return underWay;
        }
        begin(task);
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            long within = task.code[pc] == Op.BEGIN ? withinNs[task.code[pc + 1]] : -1;
            if (within >= 0) {
                return thread.wokenAt() + within;
            }
            if (!advance(task)) {
                return NEVER;
            }
        }
        return NEVER;
    }

    /** The earliest deadline of what the task has begun and not ended. */
    private long deadlineUnderWay(Task task) {
        long earliest = NEVER;
        int[] sites = task.program.labels();
        for (int i = 0; i < sites.length; i += 2) {
            long within = withinNs[sites[i]];
            long began = task.registers[sites[i + 1]];
            if (within >= 0 && began != 0) {
                earliest = Math.min(earliest, began - 1 + within);
            }
        }
        return earliest;
    }

    private void begin(Task task) {
        System.arraycopy(task.registers, 0, registers, 0, task.registers.length);
        pc = task.pc;
        work = machine.workLeftNs(task.thread());
    }

    /** Goes one step further; false, and no further, if the step may wait or is the last. */
    private boolean advance(Task task) {
        int[] code = task.code;
        int op = code[pc];
        switch (op) {
            case Op.COMPUTE, Op.KERNEL_WORK -> work += task.program.value(code[pc + 1], task.key, registers, 0);
            case Op.LOOP_BEGIN -> {
                long count = task.program.value(code[pc + 2], task.key, registers, 0);
                registers[code[pc + 1]] = count;
                if (count == 0) {
                    pc = code[pc + 3];
                    return true;
                }
            }
            case Op.LOOP_END -> {
                int register = code[pc + 1];
                registers[register] -= registers[register] > 0 ? 1 : 0;
                if (registers[register] != 0) {
                    pc = code[pc + 2];
                    return true;
                }
            }
            default -> {
                if (mayWait(op)) {
                    return false;
                }
            }
        }
        pc += 1 + Op.operands(op);
        return true;
    }

    /** Whether the burst ends with the step; of a lock it is not known, so a lock does not end it. */
    private static boolean mayWait(int op) {
        return switch (op) {
            case Op.LOCK, Op.UNLOCK, Op.SIGNAL, Op.BROADCAST, Op.SEM_POST, Op.FORK, Op.YIELD -> false;
            case Op.SET_NICE, Op.SET_AFFINITY, Op.SET_CLASS, Op.STOP, Op.CONTINUE -> false;
            case Op.CRIT_ENTER, Op.CRIT_EXIT, Op.SPIN_LOCK, Op.SPIN_UNLOCK, Op.BIND, Op.UNBIND -> false;
            case Op.KMUTEX_LOCK, Op.KMUTEX_UNLOCK, Op.SERIALIZER_ENTER, Op.SERIALIZER_LEAVE -> false;
            case Op.BEGIN, Op.END -> false;
            default -> true;
        };
    }
}
