package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.Step;
import java.util.List;

/** Reads the steps that have steps inside, and calls of macros. */
final class BlockReader {
    static final List<String> WORDS = List.of(
            "loop", "choose", "call", "critical", "spinlock", "kmutex", "serializer", "read-locked", "write-locked");

    private final StepReader steps;
    private final Objects objects;
    private final Macros macros;

    BlockReader(StepReader steps, Objects objects, Macros macros) {
        this.steps = steps;
        this.objects = objects;
        this.macros = macros;
    }

    void read(String word, Place place, Yaml value, StepScope scope, List<Step> out) {
        switch (word) {
            case "loop" -> loop(place, value, scope, out);
            case "choose" -> choose(place, value, scope, out);
            case "call" -> out.addAll(macros.call(place, value, scope, steps));
            case "critical" -> add(out, place, new Step.Critical(steps.read(value, "\"critical\"", scope)));
            case "spinlock" ->
                add(
                        out,
                        place,
                        new Step.SpinLocked(
                                name(word, "lock", value, ObjectKind.SPINLOCK, scope),
                                body(word, "lock", value, scope)));
            case "kmutex" ->
                add(
                        out,
                        place,
                        new Step.KernelMutex(
                                name(word, "mutex", value, ObjectKind.KMUTEX, scope),
                                body(word, "mutex", value, scope)));
            case "serializer" ->
                add(
                        out,
                        place,
                        new Step.Serialized(
                                name(word, "token", value, ObjectKind.SERIALIZER, scope),
                                body(word, "token", value, scope)));
            case "read-locked" -> readLocked(place, value, scope, out);
            default -> writeLocked(place, value, scope, out);
        }
    }

    private static void add(List<Step> out, Place place, Step step) {
        out.add(new Step.Placed(step, place));
    }

    private String name(String word, String key, Yaml value, ObjectKind kind, StepScope scope) {
        Fields fields = fields(word, key, value, scope);
        return objects.name(scope.values(), fields.need(key), kind, "the name of a " + kind.title);
    }

    private List<Step> body(String word, String key, Yaml value, StepScope scope) {
        // The fields were checked when the name was read.
        return steps.read(fields(word, key, value, scope).need("do"), "\"do\"", scope);
    }

    private static Fields fields(String word, String key, Yaml value, StepScope scope) {
        return Fields.of(value, "step \"" + word + "\"", List.of(key, "do"), scope.findings());
    }

    private void readLocked(Place place, Yaml value, StepScope scope, List<Step> out) {
        String lock = name("read-locked", "rwlock", value, ObjectKind.RWLOCK, scope);
        add(out, place, new Step.Pend(Derived.shares(lock)));
        out.addAll(body("read-locked", "rwlock", value, scope));
        add(out, place, new Step.Post(Derived.shares(lock)));
    }

    private void writeLocked(Place place, Yaml value, StepScope scope, List<Step> out) {
        String lock = name("write-locked", "rwlock", value, ObjectKind.RWLOCK, scope);
        Dist shares = Dist.of(objects.readers(lock));
        add(out, place, new Step.Pend(Derived.writers(lock)));
        add(out, place, new Step.Loop(shares, List.of(new Step.Pend(Derived.shares(lock)))));
        out.addAll(body("write-locked", "rwlock", value, scope));
        add(out, place, new Step.Loop(shares, List.of(new Step.Post(Derived.shares(lock)))));
        add(out, place, new Step.Post(Derived.writers(lock)));
    }

    private void loop(Place place, Yaml value, StepScope scope, List<Step> out) {
        List<String> known = List.of("times", "forever", "for", "over", "as", "do");
        Fields fields = Fields.of(value, "the loop", known, scope.findings());
        String head = fields.only(List.of("times", "forever", "for", "over"));
        if (head == null) {
            return;
        }
        if (fields.has("as") && !head.equals("over")) {
            scope.error(fields.need("as").place(), "\"as\" belongs to \"over\"");
        }
        Yaml body = fields.need("do");
        switch (head) {
            case "times" -> {
                Dist times = new DistReader(scope.values()).count(fields.need("times"), "the number of rounds");
                StepScope inside = times instanceof Dist.Constant constant ? scope.repeated(constant.value()) : scope;
                add(out, place, new Step.Loop(times, steps.read(body, "\"do\"", inside)));
            }
            case "forever" -> {
                if (!scope.values().flag(fields.need("forever"), "\"forever\"")) {
                    scope.findings().expected(fields.need("forever").place(), "\"forever\"", "true", "something else");
                }
                add(out, place, new Step.Loop(Step.Loop.FOREVER, steps.read(body, "\"do\"", scope)));
            }
            case "for" -> timed(place, fields, body, scope, out);
            default -> over(fields, body, scope, out);
        }
    }

    private void timed(Place place, Fields fields, Yaml body, StepScope scope, List<Step> out) {
        Dist elapsed = new DistReader(scope.values()).time(fields.need("for"), "the time of the loop");
        add(out, place, Step.loopFor(elapsed, steps.read(body, "\"do\"", scope)));
    }

    private void choose(Place place, Yaml value, StepScope scope, List<Step> out) {
        List<Step.Branch> branches = Weights.read(value, "step \"choose\"", "list of steps", scope.values()).stream()
                .map(item -> new Step.Branch(item.weight(), steps.read(item.value(), "a branch", scope)))
                .toList();
        if (!branches.isEmpty()) {
            add(out, place, new Step.Choose(branches));
        }
    }

    /** Steps once for each object of an array, with its name as a parameter. */
    private void over(Fields fields, Yaml body, StepScope scope, List<Step> out) {
        Yaml over = fields.need("over");
        String array = scope.values().text(over, "\"over\"");
        String as = scope.values().name(fields.need("as"), "\"as\"");
        int size = objects.sizeOf(array);
        if (size < 0) {
            scope.error(
                    over.place(),
                    "there is no array of objects \"" + Texts.shortened(array) + "\": declare it with a count");
        }
        for (int i = 0; i < size; i++) {
            Yaml each = new Yaml.Scalar(over.place(), array + "[" + i + "]", true);
            Env env = scope.values().env().with(as, each);
            out.addAll(steps.read(body, "\"do\"", scope.in(env)));
        }
    }
}
