package dev.swtch.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The instructions of one method, as far as the search for tail calls needs them. */
class InstructionList extends MethodVisitor {
    private final List<Instruction> instructions = new ArrayList<>();
    private final Map<Label, Integer> positions = new HashMap<>();
    private int line;

    /** A call: what it calls, and the source line it is on. */
    record Call(String target, int line) {}

    private record Instruction(
            int opcode, @Nullable Label jump, @Nullable Call call, String returns) {}

    InstructionList() {
        super(Opcodes.ASM9);
    }

    /** The calls that return the type (a descriptor) and are not followed by the return of their result. */
    List<Call> callsNotReturned(String type) {
        List<Call> found = new ArrayList<>();
        for (int i = 0; i < instructions.size(); i++) {
            Call call = instructions.get(i).call();
            if (call != null && instructions.get(i).returns().equals(type) && !returnsAt(i + 1)) {
                found.add(call);
            }
        }
        return found;
    }

    /** Follows jumps; a loop of jumps alone never returns, so as many steps as there are instructions are enough. */
    private boolean returnsAt(int start) {
        int at = start;
        for (int steps = 0; steps < instructions.size() && at < instructions.size(); steps++) {
            Instruction next = instructions.get(at);
            if (next.opcode() != Opcodes.GOTO || next.jump() == null) {
                return next.opcode() == Opcodes.ARETURN;
            }
            at = positions.getOrDefault(next.jump(), instructions.size());
        }
        return false;
    }

    private void add(int opcode) {
        instructions.add(new Instruction(opcode, null, null, ""));
    }

    private void addCall(int opcode, String target, String descriptor) {
        String returns = Type.getReturnType(descriptor).getDescriptor();
        instructions.add(new Instruction(opcode, null, new Call(target, line), returns));
    }

    @Override
    public void visitLineNumber(int number, Label start) {
        line = number;
    }

    @Override
    public void visitLabel(Label label) {
        positions.put(label, instructions.size());
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
        addCall(opcode, Type.getObjectType(owner).getClassName() + "." + name, descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        addCall(Opcodes.INVOKEDYNAMIC, name, descriptor);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        instructions.add(new Instruction(opcode, label, null, ""));
    }

    @Override
    public void visitInsn(int opcode) {
        add(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        add(opcode);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        add(opcode);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        add(opcode);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        add(opcode);
    }

    @Override
    public void visitLdcInsn(Object value) {
        add(Opcodes.LDC);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        add(Opcodes.IINC);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        add(Opcodes.TABLESWITCH);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        add(Opcodes.LOOKUPSWITCH);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        add(Opcodes.MULTIANEWARRAY);
    }
}
