package dev.swtch.engine.workload;

import java.util.HashMap;
import java.util.Map;

/** Writes the code of one kind of thread: operations, their operands, and the registers and constants they use. */
final class CodeWriter {
    private final DrawsBuilder sites;
    private final Ints code = new Ints();
    private final Longs longs = new Longs();
    private final Map<String, Integer> namedRegisters = new HashMap<>();
    private int registers;
    private int step;

    CodeWriter(DrawsBuilder sites) {
        this.sites = sites;
    }

    void emit(int op, int... operands) {
        code.add(op);
        for (int operand : operands) {
            code.add(operand);
        }
        step++;
    }

    /** The operand for a value. Must be called before the operation itself is emitted: it counts the same step. */
    int value(Dist dist) {
        if (dist instanceof Dist.Constant constant) {
            return longs.intern(constant.value());
        }
        return ~sites.site(dist, step, registers++);
    }

    /** A new register. */
    int register() {
        return registers++;
    }

    /** The register of a name. */
    int named(String name) {
        Integer known = namedRegisters.get(name);
        if (known != null) {
            return known;
        }
        namedRegisters.put(name, registers);
        return registers++;
    }

    /** Where the next operation will stand. */
    int here() {
        return code.size();
    }

    /** Makes an operand that was written before point to here. */
    void patch(int operand) {
        code.set(operand, code.size());
    }

    Program finish(String name, Draws draws) {
        return new Program(name, code.toArray(), longs.toArray(), registers, draws);
    }
}
