package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.SpinTarget;
import dev.swtch.engine.workload.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the steps at which threads meet; waits that may end too early have steps inside. */
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

    /** Steps that wait, with how long, and what is done after that; by the object that is waited for. */
    private static final List<String> WITHIN = List.of("timeout", "do", "else");

    private final Objects objects;
    private final StepReader steps;

    MeetingReader(Objects objects, StepReader steps) {
        this.objects = objects;
        this.steps = steps;
    }

    void read(String word, Yaml value, StepScope scope, List<Step> out) {
        switch (word) {
            case "lock" -> lock(value, scope, out);
            case "unlock" -> out.add(new Step.Unlock(name(value, ObjectKind.MUTEX, scope)));
            case "wait" -> out.add(await(value, scope));
            case "signal" -> out.add(new Step.Signal(name(value, ObjectKind.COND, scope)));
            case "broadcast" -> out.add(new Step.Broadcast(name(value, ObjectKind.COND, scope)));
            case "post" -> {
                boolean event = isEvent(value, scope);
                String name = name(value, event ? ObjectKind.EVENT : ObjectKind.SEM, scope);
                out.add(new Step.Post(event ? Derived.open(name) : name));
            }
            case "pend" -> {
                if (isEvent(value, scope)) {
                    take(new Taking(word, ObjectKind.EVENT, Derived::open, Derived::open), value, scope, out);
                } else {
                    take(new Taking(word, ObjectKind.SEM, name -> name, null), value, scope, out);
                }
            }
            case "spin-until" -> spin(value, scope, out);
            case "barrier" -> out.add(new Step.Barrier(name(value, ObjectKind.BARRIER, scope)));
            case "suspend" -> out.add(new Step.Suspend(gate(value, scope)));
            case "resume" -> out.add(new Step.Resume(gate(value, scope)));
            case "put" -> take(new Taking(word, ObjectKind.QUEUE, Derived::free, Derived::filled), value, scope, out);
            case "get" -> take(new Taking(word, ObjectKind.QUEUE, Derived::filled, Derived::free), value, scope, out);
            case "write" -> take(new Taking(word, ObjectKind.PIPE, Derived::free, Derived::filled), value, scope, out);
            case "read" -> take(new Taking(word, ObjectKind.PIPE, Derived::filled, Derived::free), value, scope, out);
            case "fire" -> out.add(new Step.Post(Derived.open(name(value, ObjectKind.EVENT, scope))));
            default -> take(new Taking(word, ObjectKind.EVENT, Derived::open, Derived::open), value, scope, out);
        }
    }

    /**
     * A step that takes from one semaphore and then posts another.
     *
     * @param word the step
     * @param kind what the object is
     * @param from the semaphore that is taken from, by the object's name
     * @param to the one that is posted; null if there is none
     */
    private record Taking(
            String word,
            ObjectKind kind,
            UnaryOperator<String> from,
            @Nullable UnaryOperator<String> to) {
        List<String> keys() {
            List<String> keys = new ArrayList<>(List.of(kind.key));
            if (kind == ObjectKind.PIPE) {
                keys.add("bytes");
            }
            keys.addAll(WITHIN);
            return keys;
        }
    }

    private void take(Taking taking, Yaml value, StepScope scope, List<Step> out) {
        Fields fields = value instanceof Yaml.Obj
                ? Fields.of(value, "step \"" + taking.word + "\"", taking.keys(), scope.findings())
                : Fields.of(new Yaml.Missing(value.place()), "", List.of(), scope.findings());
        boolean bare = !(value instanceof Yaml.Obj);
        String name = name(bare ? value : fields.need(taking.kind.key), taking.kind, scope);
        checkSize(fields.get("bytes"), name, scope);
        List<Step> body = new ArrayList<>();
        if (taking.to != null) {
            body.add(new Step.Post(taking.to.apply(name)));
        }
        String from = taking.from.apply(name);
        Dist timeout = timeout(fields, scope);
        if (timeout == null) {
            withoutTimeout(fields, scope);
            out.add(new Step.Pend(from));
            out.addAll(body);
        } else {
            body.addAll(inside(fields, "do", scope));
            out.add(new Step.PendWithin(from, timeout, body, inside(fields, "else", scope)));
        }
    }

    private void lock(Yaml value, StepScope scope, List<Step> out) {
        if (!(value instanceof Yaml.Obj)) {
            out.add(new Step.Lock(name(value, ObjectKind.MUTEX, scope)));
            return;
        }
        List<String> keys = Stream.concat(Stream.of("mutex"), WITHIN.stream()).toList();
        Fields fields = Fields.of(value, "step \"lock\"", keys, scope.findings());
        String mutex = name(fields.need("mutex"), ObjectKind.MUTEX, scope);
        Dist timeout = timeout(fields, scope);
        if (timeout == null) {
            withoutTimeout(fields, scope);
            out.add(new Step.Lock(mutex));
        } else {
            List<Step> body = steps.read(fields.need("do"), "\"do\"", scope);
            out.add(new Step.LockWithin(mutex, timeout, body, inside(fields, "else", scope)));
        }
    }

    private List<Step> inside(Fields fields, String key, StepScope scope) {
        Yaml value = fields.get(key);
        return value == null ? List.of() : steps.read(value, "\"" + key + "\"", scope);
    }

    private static void withoutTimeout(Fields fields, StepScope scope) {
        for (String key : List.of("do", "else")) {
            Yaml value = fields.get(key);
            if (value != null) {
                scope.error(value.place(), "\"" + key + "\" belongs to \"timeout\"");
            }
        }
    }

    /** An event can be posted and waited for like a semaphore. */
    private boolean isEvent(Yaml value, StepScope scope) {
        if (!(value instanceof Yaml.Scalar)) {
            return false;
        }
        String name = scope.values().text(value, "the name of a semaphore");
        return objects.has(ObjectKind.EVENT, name) && !objects.has(ObjectKind.SEM, name);
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
        String given = fields.only(kinds);
        if (given == null) {
            return;
        }
        ObjectKind kind = SPINNABLE.get(kinds.indexOf(given));
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

    private void checkSize(@Nullable Yaml bytes, String pipe, StepScope scope) {
        if (bytes != null && objects.has(ObjectKind.PIPE, pipe)) {
            long size = ByteCount.read(scope.values(), bytes, "the size of the message");
            long known = objects.messageBytes(pipe, size);
            if (size != known) {
                scope.findings()
                        .expected(
                                bytes.place(),
                                "a pipe carries messages of one size, its \"message\" or that of its first step",
                                Long.toString(known),
                                Long.toString(size));
            }
        }
    }
}
