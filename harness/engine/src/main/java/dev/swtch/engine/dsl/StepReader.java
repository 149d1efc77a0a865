package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.MissPolicy;
import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads lists of steps; those about objects and those with steps inside are left to others. */
final class StepReader {
    /** Steps that are a word alone. */
    static final List<String> BARE = List.of("yield", "exit", "unbind");

    private static final List<String> WORK = List.of("compute", "kernel", "sleep", "every", "timer", "io");
    private static final List<String> SELF = List.of(
            "yield", "exit", "set", "bind", "unbind", "fork", "join", "stop", "continue", "ipi", "begin", "end");

    /** Every step there is. */
    static final List<String> WORDS = Stream.of(WORK, MeetingReader.WORDS, SELF, BlockReader.WORDS)
            .flatMap(List::stream)
            .toList();

    /** Instead of the CPU that is interrupted. */
    static final String ALL_BUT_SELF = "all-but-self";

    private static final List<String> MISSED = List.of("skip", "catch-up", "restart");

    /** Deepest nesting of steps; deeper ones are generated, not written. */
    private static final int DEEPEST = 60;

    private final Budget budget;
    private final Objects objects;
    private final Devices devices;
    private final Kinds kinds;
    private final MeetingReader meetings;
    private final BlockReader blocks;
    private int depth;

    StepReader(Budget budget, Objects objects, Devices devices, Kinds kinds, Macros macros) {
        this.budget = budget;
        this.objects = objects;
        this.devices = devices;
        this.kinds = kinds;
        this.meetings = new MeetingReader(objects, this);
        this.blocks = new BlockReader(this, objects, macros);
    }

    List<Step> read(Yaml steps, String what, StepScope scope) {
        List<Step> read = new ArrayList<>();
        if (steps instanceof Yaml.Seq list) {
            for (Yaml item : list.items()) {
                readOne(item, scope, read);
            }
        } else if (steps instanceof Yaml.Obj || steps instanceof Yaml.Scalar && !Fields.isNothing(steps)) {
            scope.findings().expected(steps.place(), what, "a list of steps, each behind a \"-\"", steps.kind());
        } else if (!(steps instanceof Yaml.Missing)) {
            scope.findings().expected(steps.place(), what, "a list of steps", "nothing");
        }
        return read;
    }

    private void readOne(Yaml item, StepScope scope, List<Step> out) {
        budget.step(item.place());
        if (item instanceof Yaml.Scalar word && !Fields.isNothing(item)) {
            if (BARE.contains(word.text())) {
                step(new Yaml.Member(item.place(), word.text(), item), new Yaml.Missing(item.place()), scope, out);
            } else if (WORDS.contains(word.text())) {
                scope.error(
                        item.place(), "step \"" + word.text() + "\" needs a value, as \"" + word.text() + ": ...\"");
            } else {
                unknown(item.place(), word.text(), scope);
            }
            return;
        }
        if (!(item instanceof Yaml.Obj object) || object.members().isEmpty()) {
            scope.findings().expected(item.place(), "a step", "a step such as \"compute: 1ms\"", item.kind());
            return;
        }
        if (object.members().size() > 1) {
            scope.findings()
                    .expected(
                            object.members().get(1).place(),
                            "a step",
                            "one word",
                            "\"" + object.members().get(0).key() + "\" and \""
                                    + Texts.shortened(object.members().get(1).key())
                                    + "\": is a \"-\" missing, or are these fields indented too little?");
            return;
        }
        Yaml.Member member = object.members().get(0);
        if (!WORDS.contains(member.key())) {
            unknown(member.place(), member.key(), scope);
            return;
        }
        step(member, member.value(), scope, out);
    }

    private static void unknown(Place place, String word, StepScope scope) {
        scope.findings().unknown(place, "there is no step \"" + Texts.shortened(word) + "\"", word, WORDS);
    }

    private void step(Yaml.Member member, Yaml value, StepScope scope, List<Step> out) {
        String word = member.key();
        Place place = member.place();
        if (depth >= DEEPEST) {
            scope.error(place, "steps are nested more than " + DEEPEST + " deep");
            return;
        }
        depth++;
        if (BlockReader.WORDS.contains(word)) {
            blocks.read(word, place, value, scope, out);
        } else {
            plain(word, place, value, scope, out);
        }
        depth--;
    }

    private void plain(String word, Place place, Yaml value, StepScope scope, List<Step> out) {
        List<Step> made = new ArrayList<>();
        if (MeetingReader.WORDS.contains(word)) {
            meetings.read(word, value, scope, made);
        } else {
            Step step = WORK.contains(word) ? work(word, value, scope) : self(word, value, scope, made);
            if (step != null) {
                made.add(step);
            }
        }
        for (Step step : made) {
            out.add(new Step.Placed(step, place));
        }
    }

    private @Nullable Step work(String word, Yaml value, StepScope scope) {
        DistReader dists = new DistReader(scope.values());
        return switch (word) {
            case "compute" -> new Step.Compute(dists.time(value, "the time to compute"));
            case "kernel" -> new Step.KernelWork(dists.time(value, "the time in the kernel"));
            case "sleep" -> new Step.Sleep(dists.time(value, "the time to sleep"));
            case "every" -> every(value, scope, dists);
            case "timer" -> timer(value, scope, dists);
            default -> io(value, scope, dists);
        };
    }

    private Step every(Yaml value, StepScope scope, DistReader dists) {
        if (value instanceof Yaml.Obj object
                && object.members().stream().noneMatch(member -> DistReader.NAMES.contains(member.key()))) {
            Fields fields = Fields.of(value, "step \"every\"", List.of("period", "missed"), scope.findings());
            Dist period = dists.time(fields.need("period"), "the period");
            return new Step.Timer(null, true, period, missed(fields, scope));
        }
        return new Step.Timer(null, true, dists.time(value, "the period"), MissPolicy.SKIP);
    }

    private Step timer(Yaml value, StepScope scope, DistReader dists) {
        Fields fields =
                Fields.of(value, "step \"timer\"", List.of("timer", "own", "period", "missed"), scope.findings());
        Dist period = dists.time(fields.need("period"), "the period");
        Yaml own = fields.get("own");
        String name = own == null
                ? objects.name(scope.values(), fields.need("timer"), ObjectKind.TIMER, "the timer")
                : scope.values().name(own, "the name of the timer");
        return new Step.Timer(name, own != null, period, missed(fields, scope));
    }

    private static MissPolicy missed(Fields fields, StepScope scope) {
        Yaml value = fields.get("missed");
        String word = value == null ? "skip" : scope.values().oneOf(value, "\"missed\"", MISSED);
        if ("catch-up".equals(word)) {
            return MissPolicy.CATCH_UP;
        }
        return "restart".equals(word) ? MissPolicy.RELATIVE : MissPolicy.SKIP;
    }

    private @Nullable Step io(Yaml value, StepScope scope, DistReader dists) {
        Yaml named = value;
        Yaml time = null;
        if (value instanceof Yaml.Obj) {
            Fields fields = Fields.of(value, "step \"io\"", List.of("device", "service"), scope.findings());
            named = fields.need("device");
            time = fields.get("service");
        }
        String device = devices.name(scope.values(), named);
        if (time != null) {
            return new Step.DeviceIo(device, dists.time(time, "the service time"));
        }
        Dist service = devices.service(device);
        if (service == null) {
            scope.error(
                    value.place(), "the device has no \"service\" time, so the step needs {device: ..., service: ...}");
            return null;
        }
        return new Step.DeviceIo(device, service);
    }

    private @Nullable Step self(String word, Yaml value, StepScope scope, List<Step> out) {
        Values values = scope.values();
        switch (word) {
            case "yield" -> {
                return new Step.Yield();
            }
            case "exit" -> {
                return new Step.Exit();
            }
            case "unbind" -> {
                return new Step.Unbind();
            }
            case "bind" -> {
                return new Step.Bind((int) values.count(value, "the CPU", 0, 65_535));
            }
            case "stop" -> {
                return new Step.Stop(values.text(value, "the thread to stop"));
            }
            case "continue" -> {
                return new Step.Continue(values.text(value, "the thread to continue"));
            }
            case "ipi" -> {
                return ipi(value, scope);
            }
            case "begin" -> {
                return new Step.Begin(values.name(value, "the label"));
            }
            case "end" -> {
                return new Step.End(values.name(value, "the label"));
            }
            case "fork" -> {
                fork(value, scope, out);
                return null;
            }
            case "join" -> {
                join(value, scope, out);
                return null;
            }
            default -> {
                out.addAll(Attributes.changes(value, values));
                return null;
            }
        }
    }

    private static Step ipi(Yaml value, StepScope scope) {
        Fields fields = Fields.of(value, "step \"ipi\"", List.of("to", "cost"), scope.findings());
        Yaml to = fields.need("to");
        Dist cost = new DistReader(scope.values()).time(fields.need("cost"), "the cost of the interrupt");
        boolean all = to instanceof Yaml.Scalar word && word.text().equals(ALL_BUT_SELF);
        return new Step.Ipi(
                all ? Step.Ipi.ALL_BUT_SELF : (int) scope.values().count(to, "a CPU or " + ALL_BUT_SELF, 0, 65_535),
                cost);
    }

    private void fork(Yaml value, StepScope scope, List<Step> out) {
        Values values = scope.values();
        if (!(value instanceof Yaml.Obj)) {
            out.add(new Step.Fork(kinds.name(values, value), bounded(Dist.of(1), value, scope), 0));
            return;
        }
        Fields fields =
                Fields.of(value, "step \"fork\"", List.of("thread", "count", "limit", "wait"), scope.findings());
        String thread = kinds.name(values, fields.need("thread"));
        Yaml count = fields.get("count");
        Yaml limit = fields.get("limit");
        Yaml wait = fields.get("wait");
        int most = limit == null ? 0 : (int) values.count(limit, "the limit", 1, Budget.MOST_THREADS);
        Dist wanted = count == null ? Dist.of(1) : new DistReader(values).count(count, "the number of threads");
        out.add(new Step.Fork(thread, limit == null ? bounded(wanted, value, scope) : wanted, most));
        if (wait != null && values.flag(wait, "\"wait\"")) {
            out.add(new Step.Join(thread));
        }
    }

    private void join(Yaml value, StepScope scope, List<Step> out) {
        List<Yaml> names = value instanceof Yaml.Seq list ? list.items() : List.of(value);
        if (names.isEmpty()) {
            scope.findings().expected(value.place(), "step \"join\"", "the name of a thread", "an empty list");
        }
        for (Yaml name : names) {
            out.add(new Step.Join(scope.values().text(name, "the name of a thread")));
        }
    }

    private static Dist bounded(Dist count, Yaml value, StepScope scope) {
        if (count instanceof Dist.Constant constant) {
            long all = scope.repeated(Math.max(1, constant.value())).rounds();
            if (all > Budget.MOST_FORKS && constant.value() > 0) {
                scope.findings()
                        .expected(
                                value.place(),
                                "the loops around this step let it create too many threads",
                                "at most " + Budget.MOST_FORKS,
                                all == Long.MAX_VALUE ? "far more" : Long.toString(all));
            }
        }
        return count;
    }
}
