package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Nearest;
import dev.swtch.engine.workload.ObjectTables;
import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.WorkloadBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The objects of a workload: reads their declarations and finds them by name. */
final class Objects {
    /** Most objects, counting each of an array. */
    private static final int MOST = 100_000;

    private static final String COUNT = "count";

    /** The protocols of a mutex, in the order of {@link ObjectTables.Protocol}. */
    static final List<String> PROTOCOLS = List.of("none", "inherit", "ceiling");

    /** Who gets a mutex or what is posted, in the order of {@link ObjectTables.WakeOrder}. */
    static final List<String> WAKE_ORDERS = List.of("barging", "fifo", "priority");

    private final Values values;
    private final Findings findings;
    private final WorkloadBuilder builder;
    /** The names of each kind, each with a number that its kind may need. */
    private final List<Map<String, Long>> known = new ArrayList<>();

    private final Map<String, Integer> arrays = new TreeMap<>();
    private final Pipes pipes;
    private int made;

    Objects(Values values, WorkloadBuilder builder) {
        this.values = values;
        this.findings = values.findings();
        this.builder = builder;
        this.pipes = new Pipes(findings, builder);
        for (int i = 0; i < ObjectKind.values().length; i++) {
            known.add(new TreeMap<>());
        }
    }

    /** A mapping from names to objects, or a list of such mappings where names of several kinds are equal. */
    void read(Yaml objects) {
        if (objects instanceof Yaml.Seq list) {
            list.items().forEach(this::readMapping);
        } else {
            readMapping(objects);
        }
    }

    private void readMapping(Yaml objects) {
        if (objects instanceof Yaml.Obj mapping) {
            mapping.members().forEach(this::readObject);
        } else if (!Fields.isNothing(objects)) {
            findings.expected(objects.place(), "objects", "a mapping from names to objects", objects.kind());
        }
    }

    private void readObject(Yaml.Member member) {
        String what = "object \"" + Texts.shortened(member.key()) + "\"";
        if (member.value() instanceof Yaml.Scalar) {
            String word = values.oneOf(member.value(), what, ObjectKind.keys());
            if (word != null) {
                declare(member, kind(word), new Yaml.Missing(member.value().place()), -1);
            }
            return;
        }
        List<String> keys = new ArrayList<>(ObjectKind.keys());
        keys.add(COUNT);
        Fields fields = Fields.of(member.value(), what, keys, findings);
        Yaml counted = fields.get(COUNT);
        int count = counted == null ? -1 : (int) values.count(counted, "the count of " + what, 1, MOST);
        boolean any = false;
        for (ObjectKind kind : ObjectKind.values()) {
            Yaml settings = fields.get(kind.key);
            if (settings != null) {
                any = true;
                declare(member, kind, settings, count);
            }
        }
        if (!any && !fields.isDoubtful()) {
            findings.expected(
                    member.value().place(), what, "one of " + String.join(", ", ObjectKind.keys()), "no kind");
        }
    }

    private static ObjectKind kind(String key) {
        for (ObjectKind kind : ObjectKind.values()) {
            if (kind.key.equals(key)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(key);
    }

    private void declare(Yaml.Member member, ObjectKind kind, Yaml settings, int count) {
        String name = values.name(new Yaml.Scalar(member.place(), member.key(), true), "the name of an object");
        if (count < 0) {
            make(name, kind, settings, member.place());
            return;
        }
        arrays.put(name, count);
        for (int i = 0; i < count && made <= MOST; i++) {
            make(name + "[" + i + "]", kind, settings, member.place());
        }
    }

    private void make(String name, ObjectKind kind, Yaml settings, Place place) {
        if (++made > MOST) {
            if (made == MOST + 1) {
                findings.error(place, "there are more than " + MOST + " objects");
            }
            return;
        }
        String what = kind.title + " \"" + name + "\"";
        if (kind == ObjectKind.GATE && (has(ObjectKind.MUTEX, name) || has(ObjectKind.COND, name))
                || known(kind).put(name, 0L) != null) {
            findings.error(place, "there is a " + kind.title + " \"" + name + "\" already");
        }
        boolean scalar = settings instanceof Yaml.Scalar
                && !Fields.isNothing(settings)
                && !kind.fields().isEmpty();
        Fields fields = scalar
                ? Fields.of(new Yaml.Missing(settings.place()), what, kind.fields(), findings)
                : Fields.of(settings, what, kind.fields(), findings);
        new Maker(name, kind, what, scalar ? settings : null, fields).make();
    }

    private Map<String, Long> known(ObjectKind kind) {
        return known.get(kind.ordinal());
    }

    boolean has(ObjectKind kind, String name) {
        return known(kind).containsKey(name);
    }

    /** The number of objects in an array, or -1 if there is none of that name. */
    int sizeOf(String array) {
        return arrays.getOrDefault(array, -1);
    }

    /** The size of a pipe's messages; it becomes the given one if it was not known. */
    long messageBytes(String pipe, long bytes) {
        return pipes.messageBytes(pipe, bytes);
    }

    /** All steps have been read: what is known only from them is declared. */
    void finish() {
        pipes.finish();
    }

    /** Shares that a writer of a reader-writer lock collects. */
    long readers(String lock) {
        return known(ObjectKind.RWLOCK).getOrDefault(lock, 1L);
    }

    /** The name in a value, which should be that of an object of a kind. */
    String name(Values scope, Yaml value, ObjectKind kind, String what) {
        String name = scope.text(value, what);
        if (!name.isEmpty() && !has(kind, name)) {
            complain(value.place(), kind, name);
        }
        return name;
    }

    private void complain(Place place, ObjectKind kind, String name) {
        String message = "there is no " + kind.title + " \"" + Texts.shortened(name) + "\"";
        for (ObjectKind other : ObjectKind.values()) {
            if (has(other, name)) {
                findings.expected(place, message, kind.withArticle(), other.withArticle());
                return;
            }
        }
        List<String> names = List.copyOf(known(kind).keySet());
        String nearest = Nearest.of(name, names.subList(0, Math.min(1_000, names.size())));
        if (nearest == null && names.isEmpty()) {
            findings.error(
                    place,
                    message + ": declare it under objects, as \"" + Texts.shortened(name) + ": " + kind.key + "\"");
        } else {
            findings.unknown(place, message, name, names.size() > 10 ? names.subList(0, 10) : names);
        }
    }

    /** Makes one object of its settings. */
    private final class Maker {
        private final String name;
        private final ObjectKind kind;
        private final String what;
        private final @Nullable Yaml scalar;
        private final Fields fields;

        Maker(String name, ObjectKind kind, String what, @Nullable Yaml scalar, Fields fields) {
            this.name = name;
            this.kind = kind;
            this.what = what;
            this.scalar = scalar;
            this.fields = fields;
        }

        void make() {
            switch (kind) {
                case MUTEX -> mutex();
                case COND -> builder.condition(name);
                case GATE -> {
                    known(ObjectKind.MUTEX).put(name, 0L);
                    known(ObjectKind.COND).put(name, 0L);
                    builder.mutex(name).condition(name);
                }
                case SEM ->
                    builder.add(
                            new ObjectTables.Semaphore(name, (int) count("count", 0, 0, Integer.MAX_VALUE), order()));
                case BARRIER -> builder.barrier(name, (int) count("parties", -1, 1, Integer.MAX_VALUE));
                case TIMER -> builder.timer(name);
                case KMUTEX -> builder.kernelMutex(name);
                case SPINLOCK -> builder.spinLock(name);
                case SERIALIZER -> builder.serializer(name);
                case QUEUE -> Pipes.queue(name, count("capacity", -1, 1, Integer.MAX_VALUE), order(), builder);
                case PIPE -> pipe();
                case EVENT -> builder.semaphore(Derived.open(name), 0);
                case RWLOCK -> {
                    long readers = count("readers", 64, 1, 1_000);
                    known(kind).put(name, readers);
                    builder.semaphore(Derived.writers(name), 1).semaphore(Derived.shares(name), (int) readers);
                }
            }
        }

        private void mutex() {
            int protocol = oneOf(scalar == null ? fields.get("protocol") : scalar, "protocol", PROTOCOLS);
            ObjectTables.WakeOrder order = order();
            Yaml spin = fields.get("spin");
            if (protocol == PROTOCOLS.indexOf("inherit") && order != ObjectTables.WakeOrder.BARGING) {
                findings.error(
                        fields.need("wake").place(),
                        "with \"protocol: inherit\" the kernel says who gets " + what
                                + ", so it has no order of its own");
            }
            builder.add(new ObjectTables.Mutex(
                    name,
                    ObjectTables.Protocol.values()[protocol],
                    ceiling(protocol == PROTOCOLS.indexOf("ceiling")),
                    order,
                    spin == null ? 0 : values.time(spin, "the time to spin for " + what, 0)));
        }

        private int ceiling(boolean asked) {
            Yaml ceiling = fields.get("ceiling");
            if (asked) {
                return (int) values.count(fields.need("ceiling"), "the ceiling of " + what, 0, 1_000_000);
            }
            if (ceiling != null) {
                findings.error(ceiling.place(), "a ceiling belongs to \"protocol: ceiling\"");
            }
            return 0;
        }

        /** Number of the word, the first without one. */
        private int oneOf(@Nullable Yaml value, String key, List<String> words) {
            String word = value == null ? null : values.oneOf(value, "\"" + key + "\" of " + what, words);
            return word == null ? 0 : words.indexOf(word);
        }

        private ObjectTables.WakeOrder order() {
            return ObjectTables.WakeOrder.values()[oneOf(fields.get("wake"), "wake", WAKE_ORDERS)];
        }

        private void pipe() {
            Yaml size = scalar == null ? fields.need("capacity") : scalar;
            Yaml message = fields.get("message");
            long bytes = ByteCount.read(values, size, "the capacity of " + what);
            Pipes.Pipe pipe = new Pipes.Pipe(name, bytes, order(), fields.place());
            if (message == null) {
                pipes.add(pipe);
            } else {
                pipes.add(pipe, ByteCount.read(values, message, "the message size of " + what));
            }
        }

        /** The count under a key; a negative default means that it must be there. */
        private long count(String key, long ifAbsent, long least, long most) {
            Yaml value = scalar == null ? fields.get(key) : scalar;
            if (value == null && ifAbsent >= 0) {
                return ifAbsent;
            }
            Yaml given = value == null ? fields.need(key) : value;
            return values.count(given, "the " + key + " of " + what, least, most);
        }
    }
}
