package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.SpinTarget;
import dev.swtch.engine.workload.Step;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
            "await",
            "spin-until");

    /** What a thread can spin for. */
    static final List<ObjectKind> SPINNABLE = List.of(ObjectKind.EVENT, ObjectKind.SEM, ObjectKind.BARRIER);

    private static final Dist LOOK = Dist.of("1us");

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
            case "post" -> {
                if (isEvent(value, scope)) {
                    fire(value, scope, out);
                } else {
                    out.add(new Step.Post(name(value, ObjectKind.SEM, scope)));
                }
            }
            case "pend" -> {
                if (isEvent(value, scope)) {
                    await(value, scope, out);
                } else {
                    out.add(pend(value, scope));
                }
            }
            case "spin-until" -> spin(value, scope, out);
            case "barrier" -> out.add(new Step.Barrier(name(value, ObjectKind.BARRIER, scope)));
            case "suspend" -> out.add(new Step.Suspend(gate(value, scope)));
            case "resume" -> out.add(new Step.Resume(gate(value, scope)));
            case "put" -> put(name(value, ObjectKind.QUEUE, scope), out);
            case "get" -> get(name(value, ObjectKind.QUEUE, scope), out);
            case "write" -> put(pipe(value, scope), out);
            case "read" -> get(pipe(value, scope), out);
            case "fire" -> fire(value, scope, out);
            default -> await(value, scope, out);
        }
    }

    /** An event can be posted and pended like a semaphore, too; it stays. */
    private boolean isEvent(Yaml value, StepScope scope) {
        return value instanceof Yaml.Scalar
                && objects.has(ObjectKind.EVENT, scope.values().text(value, "a name"));
    }

    private void fire(Yaml value, StepScope scope, List<Step> out) {
        out.add(new Step.Post(Derived.open(name(value, ObjectKind.EVENT, scope))));
    }

    private void await(Yaml value, StepScope scope, List<Step> out) {
        String open = Derived.open(name(value, ObjectKind.EVENT, scope));
        out.add(new Step.Pend(open));
        out.add(new Step.Post(open));
    }

    private String name(Yaml value, ObjectKind kind, StepScope scope) {
        return objects.name(scope.values(), value, kind, "the name of a " + kind.title);
    }

    private Step await(Yaml value, StepScope scope) {
        Fields fields = Fields.of(value, "step \"wait\"", List.of("cond", "mutex", "timeout"), scope.findings());
        return new Step.Wait(
                name(fields.need("cond"), ObjectKind.COND, scope),
                name(fields.need("mutex"), ObjectKind.MUTEX, scope),
                timeout(fields, scope));
    }

    private Step pend(Yaml value, StepScope scope) {
        if (!(value instanceof Yaml.Obj)) {
            return new Step.Pend(name(value, ObjectKind.SEM, scope));
        }
        Fields fields = Fields.of(value, "step \"pend\"", List.of("sem", "timeout"), scope.findings());
        return new Step.Pend(name(fields.need("sem"), ObjectKind.SEM, scope), timeout(fields, scope));
    }

    private static @Nullable Dist timeout(Fields fields, StepScope scope) {
        Yaml timeout = fields.get("timeout");
        return timeout == null ? null : new DistReader(scope.values()).time(timeout, "the timeout");
    }

    /** A name alone, or a name behind the kind of object with the time between two looks. */
    private void spin(Yaml value, StepScope scope, List<Step> out) {
        if (!(value instanceof Yaml.Obj)) {
            String name = scope.values().text(value, "the name of an object");
            ObjectKind kind = SPINNABLE.stream()
                    .filter(each -> objects.has(each, name))
                    .findFirst()
                    .orElse(ObjectKind.EVENT);
            spin(name(value, kind, scope), kind, LOOK, out);
            return;
        }
        List<String> kinds = SPINNABLE.stream().map(kind -> kind.key).toList();
        List<String> known = Stream.concat(kinds.stream(), Stream.of("look")).toList();
        Fields fields = Fields.of(value, "step \"spin-until\"", known, scope.findings());
        List<ObjectKind> given =
                SPINNABLE.stream().filter(kind -> fields.has(kind.key)).toList();
        if (given.size() != 1) {
            if (!fields.isDoubtful()) {
                scope.findings()
                        .expected(
                                value.place(),
                                "step \"spin-until\"",
                                "one of " + String.join(", ", kinds),
                                given.isEmpty() ? "none" : "more");
            }
            return;
        }
        ObjectKind kind = given.get(0);
        Yaml look = fields.get("look");
        Dist time = look == null ? LOOK : new DistReader(scope.values()).time(look, "the time between looks");
        spin(name(fields.need(kind.key), kind, scope), kind, time, out);
    }

    private static void spin(String name, ObjectKind kind, Dist look, List<Step> out) {
        if (kind == ObjectKind.BARRIER) {
            out.add(new Step.SpinUntil(SpinTarget.BARRIER, name, look));
            return;
        }
        String semaphore = kind == ObjectKind.EVENT ? Derived.open(name) : name;
        out.add(new Step.SpinUntil(SpinTarget.SEMAPHORE, semaphore, look));
        if (kind == ObjectKind.EVENT) {
            out.add(new Step.Post(semaphore));
        }
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
