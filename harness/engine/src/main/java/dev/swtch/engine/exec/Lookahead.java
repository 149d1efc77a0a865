package dev.swtch.engine.exec;

import dev.swtch.engine.workload.Op;
import dev.swtch.engine.workload.Walker;
import dev.swtch.engine.workload.Workload;
import dev.swtch.machine.Machine;
import dev.swtch.spi.Foresight;
import dev.swtch.spi.thread.KThread;

/** Knows what the workload's threads will do: walks ahead of a thread, up to the first step that may wait. */
public final class Lookahead implements Foresight {
    /** Steps after which no end of the work is in sight. */
    private static final int MOST_STEPS = 1_000;

    private final Machine machine;
    private final Walker walker;

    /** For each label of the workload, within what it has to be over, in ns; negative if nothing is said. */
    private final long[] withinNs;

    /** Looks ahead in the threads of a workload that runs on a machine. */
    public Lookahead(Workload workload, Machine machine) {
        this.machine = machine;
        this.walker = new Walker(workload);
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
        long work = machine.workLeftNs(thread);
        walker.begin(task.program, task.key, task.registers, task.pc);
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            int op = walker.next();
            if (op == Op.COMPUTE || op == Op.KERNEL_WORK) {
                work += walker.value(0);
            } else if (mayWait(op)) {
                return work;
            }
        }
        return NEVER;
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
        walker.begin(task.program, task.key, task.registers, task.pc);
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            int op = walker.next();
            if (op == Op.BEGIN && withinNs[walker.operand(0)] >= 0) {
                return thread.wokenAt() + withinNs[walker.operand(0)];
            }
            if (mayWait(op)) {
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

    /** Whether the burst ends with the step; of a lock it is not known, so a lock does not end it. */
    private static boolean mayWait(int op) {
        return switch (op) {
            case Op.COMPUTE, Op.KERNEL_WORK, Op.BEGIN, Op.END -> false;
            case Op.LOCK, Op.UNLOCK, Op.SIGNAL, Op.BROADCAST, Op.SEM_POST, Op.FORK, Op.YIELD -> false;
            case Op.SET_NICE, Op.SET_AFFINITY, Op.SET_CLASS, Op.STOP, Op.CONTINUE -> false;
            case Op.CRIT_ENTER, Op.CRIT_EXIT, Op.SPIN_LOCK, Op.SPIN_UNLOCK, Op.BIND, Op.UNBIND -> false;
            case Op.CEILING_RAISE, Op.CEILING_DROP, Op.IPI, Op.REJOIN -> false;
            case Op.KMUTEX_LOCK, Op.KMUTEX_UNLOCK, Op.SERIALIZER_ENTER, Op.SERIALIZER_LEAVE -> false;
            default -> true;
        };
    }
}
