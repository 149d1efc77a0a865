package dev.swtch.engine.workload;

import java.util.HashSet;
import java.util.Set;

/**
 * What one kind of thread does, compiled: operations and operands in one int array, constants in a long array. Immutable;
 * all instances of a thread share it. A thread's own state is its position and {@link #registers} longs, all zero at the
 * start.
 */
public final class Program {
    private final String name;
    private final int[] code;
    private final long[] longs;
    private final int registers;
    private final Draws draws;
    private final int[] labels;

    Program(String name, int[] code, long[] longs, int registers, Draws draws) {
        this.name = name;
        this.code = code;
        this.longs = longs;
        this.registers = registers;
        this.draws = draws;
        this.labels = labelsOf(code);
    }

    private static int[] labelsOf(int[] code) {
        Set<Integer> registers = new HashSet<>();
        Ints pairs = new Ints();
        for (int pc = 0; pc < code.length; pc += 1 + Op.operands(code[pc])) {
            if (code[pc] == Op.BEGIN && registers.add(code[pc + 2])) {
                pairs.add(code[pc + 1]);
                pairs.add(code[pc + 2]);
            }
        }
        return pairs.toArray();
    }

    /** Name of the thread or task the program was written for. */
    public String name() {
        return name;
    }

    /** The code itself, not a copy: the interpreter reads it, nobody writes it. The last operation is {@link Op#EXIT}. */
    public int[] code() {
        return code;
    }

    /** The constants themselves, not a copy: nobody writes them. */
    public long[] longs() {
        return longs;
    }

    /** The labels it begins and the register of each, in pairs; not a copy: nobody writes them. */
    public int[] labels() {
        return labels;
    }

    /** How many registers a thread that runs this program needs. */
    public int registers() {
        return registers;
    }

    /**
     * Evaluates a value operand: a constant, or the thread's next draw.
     *
     * @param operand the operand as it stands in the code
     * @param threadKey the thread's key
     * @param threadRegisters the array that holds the thread's registers
     * @param base where the thread's registers begin in it
     * @return a span in ns or a count; negative only for the count of an endless loop
     */
    public long value(int operand, long threadKey, long[] threadRegisters, int base) {
        return operand >= 0 ? longs[operand] : draws.next(~operand, threadKey, threadRegisters, base);
    }

    /** The program for people: one operation a line, with its position. */
    public String disassemble() {
        return Disassembler.text(code, longs);
    }
}
