package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Step;
import java.util.List;

/** Reads the steps at which threads meet. */
final class MeetingReader {
    static final List<String> WORDS = List.of(
            "lock",
            "unlock",
            "wait",
            "signal",
            "broadcast",
            "post",
            "pend",
            "barrier",
            "suspend",
            "resume",
            "put",
            "get",
            "write",
            "read",
            "fire",
            "await");

    private final Objects objects;

    MeetingReader(Objects objects) {
        this.objects = objects;
    }

    void read(String word, Yaml value, StepScope scope, List<Step> out) {
        switch (word) {
            case "lock" -> out.add(new Step.Lock(name(value, ObjectKind.MUTEX, scope)));
            case "unlock" -> out.add(new Step.Unlock(name(value, ObjectKind.MUTEX, scope)));
            case "wait" -> out.add(await(value, scope));
            case "signal" -> out.add(new Step.Signal(name(value, ObjectKind.COND, scope)));
            case "broadcast" -> out.add(new Step.Broadcast(name(value, ObjectKind.COND, scope)));
            case "post" -> out.add(new Step.Post(name(value, ObjectKind.SEM, scope)));
            case "pend" -> out.add(new Step.Pend(name(value, ObjectKind.SEM, scope)));
            case "barrier" -> out.add(new Step.Barrier(name(value, ObjectKind.BARRIER, scope)));
            case "suspend" -> out.add(new Step.Suspend(gate(value, scope)));
            case "resume" -> out.add(new Step.Resume(gate(value, scope)));
            case "put" -> put(name(value, ObjectKind.QUEUE, scope), out);
            case "get" -> get(name(value, ObjectKind.QUEUE, scope), out);
            case "write" -> put(pipe(value, scope), out);
            case "read" -> get(pipe(value, scope), out);
            case "fire" -> out.add(new Step.Post(Derived.open(name(value, ObjectKind.EVENT, scope))));
            default -> {
                String open = Derived.open(name(value, ObjectKind.EVENT, scope));
                out.add(new Step.Pend(open));
                out.add(new Step.Post(open));
            }
        }
    }

    private String name(Yaml value, ObjectKind kind, StepScope scope) {
        return objects.name(scope.values(), value, kind, "the name of a " + kind.title);
    }

    private Step await(Yaml value, StepScope scope) {
        Fields fields = Fields.of(value, "step \"wait\"", List.of("cond", "mutex"), scope.findings());
        return new Step.Wait(
                name(fields.need("cond"), ObjectKind.COND, scope), name(fields.need("mutex"), ObjectKind.MUTEX, scope));
    }

    /** A gate, or a mutex and a condition of that name. */
    private String gate(Yaml value, StepScope scope) {
        String name = scope.values().text(value, "the name of a gate");
        if (objects.has(ObjectKind.MUTEX, name) && objects.has(ObjectKind.COND, name)) {
            return name;
        }
        return objects.name(scope.values(), value, ObjectKind.GATE, "the name of a gate");
    }

    private String pipe(Yaml value, StepScope scope) {
        if (!(value instanceof Yaml.Obj)) {
            return name(value, ObjectKind.PIPE, scope);
        }
        Fields fields = Fields.of(value, "the step", List.of("pipe", "bytes"), scope.findings());
        String pipe = name(fields.need("pipe"), ObjectKind.PIPE, scope);
        Yaml bytes = fields.get("bytes");
        if (bytes != null && objects.has(ObjectKind.PIPE, pipe)) {
            long size = ByteCount.read(scope.values(), bytes, "the size of the message");
            if (size != objects.messageBytes(pipe)) {
                scope.findings()
                        .expected(
                                bytes.place(),
                                "a pipe carries messages of one size, its \"message\"",
                                Long.toString(objects.messageBytes(pipe)),
                                Long.toString(size));
            }
        }
        return pipe;
    }

    private static void put(String queue, List<Step> out) {
        out.add(new Step.Pend(Derived.free(queue)));
        out.add(new Step.Post(Derived.filled(queue)));
    }

    private static void get(String queue, List<Step> out) {
        out.add(new Step.Pend(Derived.filled(queue)));
        out.add(new Step.Post(Derived.free(queue)));
    }
}
