package dev.swtch.rules;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Nothing may follow a call that may lose the CPU.
 *
 * <p>Such a call says so by its return type. When it comes back, another thread may be current on this CPU, and what is
 * left to do was pushed on the old one's kernel stack; so its result must be returned at once: in bytecode, the next
 * instruction after the call, jumps followed, is {@code areturn}.
 */
public final class TailCalls {
    private final String returnType;
    private final Set<String> exceptions;

    private TailCalls(String returnType, Set<String> exceptions) {
        this.returnType = returnType;
        this.exceptions = exceptions;
    }

    /**
     * The check for calls that return the given type.
     *
     * @param returnType a class name such as {@code dev.swtch.machine.Next}
     */
    public static TailCalls returning(String returnType) {
        return new TailCalls("L" + returnType.replace('.', '/') + ";", new TreeSet<>());
    }

    /**
     * The same check, which lets these methods do more after such a call.
     *
     * <p>One that needs no exception is reported too.
     *
     * @param methods callers, each as {@code package.Class.method}
     */
    public TailCalls except(String... methods) {
        Set<String> more = new TreeSet<>(exceptions);
        more.addAll(Arrays.asList(methods));
        return new TailCalls(returnType, more);
    }

    /** Lists every place in a directory or jar where something follows such a call. */
    public List<String> violationsIn(Path classes) {
        Set<String> unused = new TreeSet<>(exceptions);
        List<String> violations = new ArrayList<>();
        for (byte[] file : ClassFiles.in(classes).values()) {
            new ClassReader(file).accept(new MethodsOf(violations, unused), ClassReader.SKIP_FRAMES);
        }
        unused.forEach(method -> violations.add(method + " needs no exception"));
        return violations;
    }

    private final class MethodsOf extends ClassVisitor {
        private final List<String> violations;
        private final Set<String> unused;
        private String owner = "";
        private String source = "";

        MethodsOf(List<String> violations, Set<String> unused) {
            super(Opcodes.ASM9);
            this.violations = violations;
            this.unused = unused;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            owner = Type.getObjectType(name).getClassName();
        }

        @Override
        public void visitSource(String file, String debug) {
            source = file;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            String method = owner + "." + name;
            return new InstructionList() {
                @Override
                public void visitEnd() {
                    callsNotReturned(returnType).forEach(call -> report(method, call));
                }
            };
        }

        private void report(String method, InstructionList.Call call) {
            if (exceptions.contains(method)) {
                unused.remove(method);
            } else {
                violations.add("%s (%s:%d) goes on after %s, which may lose the CPU"
                        .formatted(method, source, call.line(), call.target()));
            }
        }
    }
}
