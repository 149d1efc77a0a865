package dev.swtch.engine.workload;

import java.util.List;

/** Writes a program's code for people. */
final class Disassembler {
    private Disassembler() {}

    static String text(int[] code, long[] longs) {
        StringBuilder text = new StringBuilder();
        int position = 0;
        while (position < code.length) {
            Op.Shape shape = Op.shapeOf(code[position]);
            text.append(position).append(": ").append(shape.name());
            List<Op.Operand> operands = shape.operands();
            for (int i = 0; i < operands.size(); i++) {
                text.append(' ').append(operand(operands.get(i), code[position + 1 + i], longs));
            }
            text.append('\n');
            position += 1 + operands.size();
        }
        return text.toString();
    }

    private static String operand(Op.Operand kind, int value, long[] longs) {
        return switch (kind) {
            case VALUE -> value < 0 ? "draw#" + ~value : Times.format(longs[value]);
            case COUNT -> value < 0 ? "draw#" + ~value : longs[value] < 0 ? "forever" : "x" + longs[value];
            case REGISTER -> "r" + value;
            case TARGET -> "@" + value;
            case PLAIN -> Integer.toString(value);
        };
    }
}
