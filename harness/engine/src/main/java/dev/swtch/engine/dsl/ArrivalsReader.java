package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.ArrivalProcess;
import dev.swtch.engine.workload.ArrivalSpec;
import dev.swtch.engine.workload.ArrivalTarget;
import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.WorkloadBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what arrives from outside. */
final class ArrivalsReader {
    /** What can be said about all of them. */
    static final List<String> ALWAYS = List.of("process", "start", "stop", "limit", "room", "cpu", "each");

    /** By what law something can arrive. */
    static final List<String> PROCESSES = List.of("poisson", "renewal", "burst", "mmpp", "trace");

    /** What further can be said, of some processes. */
    static final List<String> SOMETIMES = List.of("rate", "gap", "size", "spacing", "states", "at");

    /** What can be said about a state. */
    static final List<String> STATE = List.of("rate", "gap", "stay");

    /** What can happen each time. */
    static final List<String> EACH = List.of("fork", "post", "put", "wake", "taking");

    private final Values values;
    private final Findings findings;
    private final DistReader dists;
    private final WorkloadBuilder builder;
    private final Objects objects;
    private final Kinds kinds;

    ArrivalsReader(Values values, WorkloadBuilder builder, Objects objects, Kinds kinds) {
        this.values = values;
        this.findings = values.findings();
        this.dists = new DistReader(values);
        this.builder = builder;
        this.objects = objects;
        this.kinds = kinds;
    }

    void read(Yaml arrivals) {
        if (!(arrivals instanceof Yaml.Obj mapping)) {
            findings.expected(arrivals.place(), "arrivals", "a mapping from names to arrivals", arrivals.kind());
            return;
        }
        if (mapping.members().size() > ArrivalSpec.MOST) {
            findings.error(arrivals.place(), "there are more than " + ArrivalSpec.MOST + " kinds of arrivals");
            return;
        }
        mapping.members().forEach(this::readOne);
    }

    private void readOne(Yaml.Member member) {
        String name = values.name(new Yaml.Scalar(member.place(), member.key(), true), "the name of arrivals");
        String what = "arrivals \"" + name + "\"";
        Yaml named = member.value() instanceof Yaml.Obj
                ? Fields.of(member.value(), what, all(), findings).get("process")
                : null;
        String process = named == null ? null : values.oneOf(named, "the process of " + what, PROCESSES);
        if (process == null) {
            if (named == null) {
                findings.expected(member.value().place(), what, "a process: " + String.join(", ", PROCESSES), "none");
            }
            return;
        }
        List<String> known = new ArrayList<>(ALWAYS);
        known.addAll(keysOf(process));
        String where = what + " of process " + process;
        Fields fields = Fields.of(member.value(), where, known, findings);
        ArrivalProcess law = process(process, fields, what);
        ArrivalTarget each = target(fields.need("each"), what);
        Yaml stop = fields.get("stop");
        Yaml cpu = fields.get("cpu");
        if (law != null && each != null) {
            builder.add(new ArrivalSpec(
                    name,
                    law,
                    time(fields.get("start"), "the start of " + what),
                    stop == null ? ArrivalSpec.FOREVER : time(stop, "the stop of " + what),
                    count(fields.get("limit"), "the limit of " + what, Integer.MAX_VALUE),
                    (int) count(fields.get("room"), "the room of " + what, Budget.MOST_THREADS),
                    cpu == null ? 0 : (int) values.count(cpu, "the CPU of " + what, 0, 65_535),
                    each,
                    member.place()));
        }
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>(ALWAYS);
        all.addAll(SOMETIMES);
        return all;
    }

    private static List<String> keysOf(String process) {
        return switch (process) {
            case "poisson" -> List.of("rate", "gap");
            case "renewal" -> List.of("gap");
            case "burst" -> List.of("gap", "size", "spacing");
            case "mmpp" -> List.of("states");
            default -> List.of("at");
        };
    }

    private long time(@Nullable Yaml value, String what) {
        return value == null ? 0 : values.time(value, what, 0);
    }

    private long count(@Nullable Yaml value, String what, long most) {
        return value == null ? 0 : values.count(value, what, 1, most);
    }

    private @Nullable ArrivalProcess process(String process, Fields fields, String what) {
        switch (process) {
            case "poisson" -> {
                long gapNs = meanGap(fields, what, false);
                return gapNs == 0 ? null : new ArrivalProcess.Renewal(new Dist.Exponential(gapNs));
            }
            case "renewal" -> {
                return new ArrivalProcess.Renewal(dists.time(fields.need("gap"), "the gap of " + what));
            }
            case "burst" -> {
                return new ArrivalProcess.Burst(
                        dists.time(fields.need("gap"), "the gap of " + what),
                        dists.count(fields.need("size"), "the size of " + what),
                        time(fields.get("spacing"), "the spacing of " + what));
            }
            case "mmpp" -> {
                return mmpp(fields.need("states"), what);
            }
            default -> {
                return new ArrivalProcess.Times(Instants.read(fields.need("at"), what, values));
            }
        }
    }

    /** A mean gap in ns, given itself or by how many arrive per second; 0 after an error or if none arrive. */
    private long meanGap(Fields fields, String what, boolean mayBeZero) {
        String given = fields.only(List.of("rate", "gap"));
        if (given == null) {
            return 0;
        }
        Yaml value = fields.need(given);
        return given.equals("rate")
                ? Rate.gapNs(value, what, mayBeZero, values)
                : values.time(value, "the mean gap of " + what, 1);
    }

    private @Nullable ArrivalProcess mmpp(Yaml value, String what) {
        if (!(value instanceof Yaml.Seq list) || list.items().isEmpty()) {
            if (!(value instanceof Yaml.Missing)) {
                findings.expected(value.place(), "the states of " + what, "a list of {rate, stay}", value.kind());
            }
            return null;
        }
        List<ArrivalProcess.State> states = new ArrayList<>();
        for (Yaml item : list.items()) {
            Fields fields = Fields.of(item, "a state of " + what, STATE, findings);
            long gapNs = meanGap(fields, "a state of " + what, true);
            Yaml stay = fields.need("stay");
            states.add(new ArrivalProcess.State(gapNs, dists.time(stay, "the stay in a state of " + what)));
        }
        return new ArrivalProcess.Mmpp(states);
    }

    private @Nullable ArrivalTarget target(Yaml value, String what) {
        String where = "\"each\" of " + what;
        Fields fields = Fields.of(value, where, EACH, findings);
        String head = fields.only(List.of("fork", "post", "put", "wake"));
        if (head == null) {
            return null;
        }
        Yaml met = fields.need(head);
        Yaml taking = fields.get("taking");
        if (taking != null && !head.equals("post")) {
            findings.error(taking.place(), "\"taking\" belongs to \"post\"");
        }
        return switch (head) {
            case "fork" -> new ArrivalTarget.Fork(kinds.name(values, met));
            case "post" ->
                new ArrivalTarget.Post(
                        objects.name(values, met, ObjectKind.SEM, "the semaphore of " + what),
                        taking == null
                                ? null
                                : objects.name(values, taking, ObjectKind.SEM, "the semaphore of " + what));
            case "put" -> {
                String queue = objects.name(values, met, ObjectKind.QUEUE, "the queue of " + what);
                yield new ArrivalTarget.Post(Derived.filled(queue), Derived.free(queue));
            }
            default -> new ArrivalTarget.Wake(objects.name(values, met, ObjectKind.COND, "what " + what + " wake"));
        };
    }
}
