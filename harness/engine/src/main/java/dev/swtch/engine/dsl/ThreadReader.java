package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.Step;
import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.ThreadKind;
import dev.swtch.engine.workload.WorkloadBuilder;
import dev.swtch.spi.thread.ThreadClass;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads threads. All instances of a thread share one list of steps, unless the steps use their number; then every
 * instance becomes a kind of thread of its own.
 */
final class ThreadReader {
    /** What can be said about a thread. */
    static final List<String> KEYS = Stream.concat(
                    Stream.of("count", "path", "process", "group", "start", "timer-base", "do", "phases"),
                    Attributes.KEYS.stream())
            .toList();

    /** What can be said about a phase. */
    static final List<String> PHASE_KEYS = List.of("name", "times", "for", "set", "do");

    private static final String ONE_OF = "one-of";
    private static final String ON_DEMAND = "on-demand";

    private final Values values;
    private final Findings findings;
    private final WorkloadBuilder builder;
    private final StepReader steps;
    private final Budget budget;
    private final Groups groups;

    ThreadReader(Values values, WorkloadBuilder builder, StepReader steps, Budget budget, Groups groups) {
        this.values = values;
        this.findings = values.findings();
        this.builder = builder;
        this.steps = steps;
        this.budget = budget;
        this.groups = groups;
    }

    void read(Yaml.Member member) {
        String name = values.name(new Yaml.Scalar(member.place(), member.key(), true), "the name of a thread");
        String what = "thread \"" + name + "\"";
        Fields fields = Fields.of(member.value(), what, KEYS, findings);
        boolean onDemand = isOnDemand(fields);
        int count = count(fields, onDemand, what);
        Env env = values.env().forInstance(0);
        StepScope scope = new StepScope(values.in(env), Math.max(1, count), List.of());
        List<Step> body = body(fields, what, scope);
        Settings settings = settings(name, fields, scope.values(), onDemand);
        boolean numbered = env.instanceAsked();
        List<String> paths = onDemand ? List.of() : paths(name, fields, count, member.place());
        Yaml group = fields.get("group");
        if (group != null) {
            List<String> members = fields.has("path") ? paths : List.of(name);
            groups.add(values.name(group, "the group of " + what), members, group.place());
        }
        if (onDemand && numbered) {
            findings.error(member.place(), what + " uses its number, but a thread made on demand has none");
        }
        if (!numbered || onDemand || count == 1 && fields.get("count") == null) {
            builder.add(settings.kind(name, paths, body, member.place()));
            return;
        }
        for (int i = 0; i < count; i++) {
            StepScope own = scope.in(values.env().forInstance(i));
            Settings its = i == 0 ? settings : settings(name, fields, own.values(), false);
            List<Step> ownBody = i == 0 ? body : body(fields, what, own);
            builder.add(its.kind(name + "/" + i, List.of(paths.get(i)), ownBody, member.place()));
        }
    }

    private record Settings(
            String process,
            ThreadClass threadClass,
            int rank,
            int nice,
            List<Integer> affinity,
            boolean pinnedAtRandom,
            long startNs,
            long timerBaseNs) {
        ThreadKind kind(String name, List<String> paths, List<Step> body, Place place) {
            return new ThreadKind(
                    name,
                    paths,
                    process,
                    threadClass,
                    rank,
                    nice,
                    affinity,
                    pinnedAtRandom,
                    startNs,
                    timerBaseNs,
                    body,
                    place);
        }
    }

    private Settings settings(String name, Fields fields, Values scope, boolean onDemand) {
        Yaml process = fields.get("process");
        Yaml named = fields.get("class");
        Affinity affinity = affinity(fields.get("affinity"), scope);
        Yaml start = fields.get("start");
        Yaml base = fields.get("timer-base");
        ThreadClass threadClass = named == null ? ThreadClass.TIMESHARE : Attributes.threadClass(named, scope);
        return new Settings(
                process == null ? name : scope.name(process, "the process"),
                threadClass,
                Attributes.rank(fields, threadClass, scope),
                Attributes.nice(fields.get("nice"), scope),
                affinity.cpus(),
                affinity.oneOf(),
                start == null || onDemand ? 0 : scope.time(start, "the start", 0),
                base == null ? ThreadEntry.OWN_START : scope.time(base, "the timer base", 0));
    }

    /** Which CPUs may be used, and whether each thread gets but one of them. */
    private record Affinity(List<Integer> cpus, boolean oneOf) {}

    private static Affinity affinity(@Nullable Yaml value, Values scope) {
        String what = "the affinity";
        if (!(value instanceof Yaml.Obj)) {
            return new Affinity(value == null ? List.of() : scope.cpus(value, what), false);
        }
        Fields fields = Fields.of(value, what, List.of("node", ONE_OF), scope.findings());
        Yaml oneOf = fields.get(ONE_OF);
        if (fields.isDoubtful() || oneOf == null) {
            return new Affinity(fields.isDoubtful() ? List.of() : scope.cpus(value, what), false);
        }
        if (fields.has("node")) {
            scope.findings().expected(value.place(), what, "one of node, " + ONE_OF, "both");
        }
        List<Integer> cpus = scope.cpus(oneOf, "\"" + ONE_OF + "\"");
        if (oneOf instanceof Yaml.Scalar all && all.text().equals("all")) {
            scope.findings().expected(oneOf.place(), "\"" + ONE_OF + "\"", "CPUs such as \"0-3\" or [0, 2]", "all");
        }
        return new Affinity(cpus, true);
    }

    private static boolean isOnDemand(Fields fields) {
        return fields.get("start") instanceof Yaml.Scalar start && start.text().equals(ON_DEMAND);
    }

    private int count(Fields fields, boolean onDemand, String what) {
        Yaml value = fields.get("count");
        if (value == null) {
            return 1;
        }
        if (onDemand) {
            findings.error(value.place(), what + " is made on demand, so it has no count: the fork step says how many");
        }
        return (int) values.count(value, "the count of " + what, 0, Budget.MOST_THREADS);
    }

    private List<String> paths(String name, Fields fields, int count, Place place) {
        List<String> paths = new ArrayList<>();
        Yaml pattern = fields.get("path");
        boolean single = fields.get("count") == null;
        for (int i = 0; i < count; i++) {
            budget.thread(place);
            if (pattern == null) {
                paths.add(single ? name : name + "/" + i);
            } else {
                Env env = values.env().with(Env.INSTANCE, Amount.number(i));
                paths.add(values.in(env).name(pattern, "the path"));
            }
        }
        return paths;
    }

    private List<Step> body(Fields fields, String what, StepScope scope) {
        Yaml phases = fields.get("phases");
        if (phases == null) {
            return steps.read(fields.need("do"), what, scope);
        }
        if (fields.has("do")) {
            findings.error(fields.need("do").place(), what + " has phases, so its steps belong into them");
        }
        if (!(phases instanceof Yaml.Seq list)) {
            findings.expected(phases.place(), "the phases of " + what, "a list", phases.kind());
            return List.of();
        }
        List<Step> body = new ArrayList<>();
        for (Yaml phase : list.items()) {
            body.addAll(phase(phase, what, scope));
        }
        return body;
    }

    private List<Step> phase(Yaml phase, String what, StepScope scope) {
        Fields fields = Fields.of(phase, "a phase of " + what, PHASE_KEYS, findings);
        List<Step> body = new ArrayList<>();
        Yaml set = fields.get("set");
        if (set != null) {
            for (Step change : Attributes.changes(set, scope.values())) {
                body.add(new Step.Placed(change, set.place()));
            }
        }
        Yaml inside = fields.need("do");
        if (fields.has("for") || fields.has("times")) {
            body.addAll(steps.read(looped(fields, inside), "a phase", scope));
        } else {
            body.addAll(steps.read(inside, "a phase of " + what, scope));
        }
        return body;
    }

    /** A phase with "times" or "for" is a loop. */
    private static Yaml looped(Fields phase, Yaml inside) {
        List<Yaml.Member> members = new ArrayList<>();
        for (String head : List.of("times", "for")) {
            Yaml value = phase.get(head);
            if (value != null) {
                members.add(new Yaml.Member(value.place(), head, value));
            }
        }
        members.add(new Yaml.Member(inside.place(), "do", inside));
        Yaml loop = new Yaml.Obj(phase.place(), members);
        Yaml step = new Yaml.Obj(phase.place(), List.of(new Yaml.Member(phase.place(), "loop", loop)));
        return new Yaml.Seq(phase.place(), List.of(step));
    }
}
