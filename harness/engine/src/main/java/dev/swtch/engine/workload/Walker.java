package dev.swtch.engine.workload;

/**
 * Walks through the steps of a thread without executing them: loops are walked round, and values are drawn that the
 * thread will draw. Used for one thread after another, without allocating.
 */
public final class Walker {
    /** Loops walked round without any other step in between, after which the walk is over. */
    private static final int MOST_EMPTY = 10_000;

    private final long[] registers;
    private Program program;
    private long key;
    private int at;
    private int following;

    /** A walker for the threads of a workload, at the first step of its first. */
    public Walker(Workload workload) {
        int most = 0;
        for (Program each : workload.programs()) {
            most = Math.max(most, each.registers());
        }
        registers = new long[most];
        program = workload.programs().get(0);
    }

    /**
     * Goes to a step of a thread.
     *
     * @param newProgram what the thread runs
     * @param threadKey key of its random streams
     * @param from its registers, which are copied
     * @param pc position of the step
     */
    public void begin(Program newProgram, long threadKey, long[] from, int pc) {
        program = newProgram;
        key = threadKey;
        System.arraycopy(from, 0, registers, 0, newProgram.registers());
        following = pc;
    }

    /**
     * Goes to the next step that is not a loop's or a choice's, and says which operation it is; at the end,
     * {@link Op#EXIT}. Loops for a time are not walked round: how often, the clock decides.
     */
    public int next() {
        int[] code = program.code();
        int pc = following;
        for (int loops = 0; loops < MOST_EMPTY; loops++) {
            int op = code[pc];
            if (op == Op.LOOP_BEGIN) {
                long count = program.value(code[pc + 2], key, registers, 0);
                registers[code[pc + 1]] = count;
                pc = count == 0 ? code[pc + 3] : pc + 4;
            } else if (op == Op.LOOP_END) {
                int register = code[pc + 1];
                registers[register] -= registers[register] > 0 ? 1 : 0;
                pc = registers[register] == 0 ? pc + 3 : code[pc + 2];
            } else if (op == Op.CHOOSE) {
                pc += 2 + 2 * (int) program.value(code[pc + 1], key, registers, 0);
            } else if (op == Op.JUMP) {
                pc = code[pc + 1];
            } else {
                at = pc;
                following = op == Op.EXIT ? pc : pc + 1 + Op.operands(op);
                return op;
            }
        }
        return Op.EXIT;
    }

    /** An operand of the step, from 0. */
    public int operand(int index) {
        return program.code()[at + 1 + index];
    }

    /** An operand of the step that is a value, drawn; once. */
    public long value(int index) {
        return program.value(operand(index), key, registers, 0);
    }

    /** A register of the thread. */
    public long register(int index) {
        return registers[index];
    }

    /** Changes a register of the thread. */
    public void setRegister(int index, long value) {
        registers[index] = value;
    }
}
