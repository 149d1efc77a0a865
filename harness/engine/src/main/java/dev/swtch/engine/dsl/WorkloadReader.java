package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.ForkPaths;
import dev.swtch.engine.workload.Workload;
import dev.swtch.engine.workload.WorkloadBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the whole of a workload. Used once. */
final class WorkloadReader {
    /** What a file consists of. */
    static final List<String> KEYS = List.of(
            "workload",
            "name",
            "about",
            "source",
            "seed",
            "duration",
            "until",
            "warmup",
            "requires",
            "cpus",
            "boot",
            "params",
            "objects",
            "devices",
            "interrupts",
            "macros",
            "threads",
            "arrivals",
            "fork-names",
            "measure",
            "expect",
            "hints");

    private static final String VERSION = "1";
    private static final int MOST_CPUS = 4_096;

    private final Findings findings;
    private final Groups groups = new Groups();
    private Values values;

    WorkloadReader(Findings findings) {
        this.findings = findings;
        this.values = new Values(findings, Env.empty());
    }

    /**
     * The workload of a file.
     *
     * @param ifUnnamed its name if it does not say one
     */
    WorkloadBuilder read(Yaml root, String ifUnnamed) {
        if (!(root instanceof Yaml.Obj)) {
            throw new Unreadable(
                    root.place(), "expected a workload, which begins with \"workload: 1\", found " + root.kind());
        }
        Fields top = Fields.of(root, "the workload", KEYS, findings);
        version(top.need("workload"));
        Yaml name = top.get("name");
        WorkloadBuilder builder =
                Workload.builder(name == null ? ifUnnamed : values.name(name, "the name of the workload"));
        Yaml params = top.get("params");
        if (params != null) {
            values = values.in(Params.read(params, values));
        }
        readHead(top, builder);
        readBody(top, builder);
        GoalsReader goals = new GoalsReader(values);
        ifThere(top.get("warmup"), goals::warmup);
        ifThere(top.get("requires"), goals::requires);
        ifThere(top.get("measure"), goals::measure);
        ifThere(top.get("expect"), goals::expect);
        ifThere(top.get("hints"), goals::hints);
        return builder.goals(goals.goals().withGroups(groups.all()));
    }

    private static void ifThere(@Nullable Yaml value, Consumer<Yaml> reader) {
        if (value != null) {
            reader.accept(value);
        }
    }

    private void version(Yaml value) {
        String text = value instanceof Yaml.Scalar scalar ? scalar.text() : value.kind();
        if (!text.equals(VERSION) && !(value instanceof Yaml.Missing)) {
            findings.expected(
                    value.place(), "the version of the language", VERSION, "\"" + Texts.shortened(text) + "\"");
        }
    }

    private void readHead(Fields top, WorkloadBuilder builder) {
        Yaml about = top.get("about");
        if (about != null) {
            builder.about(
                    String.join(" ", values.text(about, "\"about\"").lines().toList())
                            .trim());
        }
        Yaml source = top.get("source");
        if (source != null) {
            values.text(source, "\"source\"");
        }
        Yaml seed = top.get("seed");
        if (seed != null) {
            builder.seed(values.count(seed, "the seed", 0, Long.MAX_VALUE / 8));
        }
        Yaml duration = top.get("duration");
        Yaml until = top.get("until");
        if (duration != null) {
            builder.durationNs(values.duration(duration, "the duration"));
        }
        if (until != null && values.oneOf(until, "\"until\"", List.of("all-exit")) != null && duration != null) {
            findings.error(until.place(), "the workload has a duration, so it cannot also run until all-exit");
        }
        Yaml forkNames = top.get("fork-names");
        if (forkNames != null
                && "rt-app".equals(values.oneOf(forkNames, "\"fork-names\"", List.of("native", "rt-app")))) {
            builder.forkPaths(ForkPaths.RTAPP);
        }
        Yaml cpus = top.get("cpus");
        if (cpus != null) {
            builder.cpus((int) values.count(cpus, "the number of CPUs", 1, MOST_CPUS));
        }
        ifThere(top.get("boot"), boot -> readBoot(boot, builder));
    }

    private void readBoot(Yaml boot, WorkloadBuilder builder) {
        if (!(boot instanceof Yaml.Obj mapping)) {
            findings.expected(boot.place(), "boot", "a mapping from CPU numbers to start times", boot.kind());
            return;
        }
        TreeMap<Integer, Long> starts = new TreeMap<>();
        for (Yaml.Member member : mapping.members()) {
            Yaml.Scalar cpu = new Yaml.Scalar(member.place(), member.key(), false);
            int number = (int) values.count(cpu, "the CPU", 0, MOST_CPUS - 1);
            starts.put(number, values.time(member.value(), "the start of CPU " + number, 0));
        }
        for (int cpu = 0; !starts.isEmpty() && cpu <= starts.lastKey(); cpu++) {
            builder.cpuStartNs(starts.getOrDefault(cpu, 0L));
        }
    }

    private void readBody(Fields top, WorkloadBuilder builder) {
        Objects objects = new Objects(values, builder);
        Devices devices = new Devices(values, builder, objects);
        Macros macros = new Macros(findings);
        ifThere(top.get("objects"), objects::read);
        ifThere(top.get("devices"), devices::read);
        ifThere(top.get("interrupts"), value -> devices.read(new Interrupts(values).devices(value)));
        ifThere(top.get("macros"), value -> macros.read(value, values));
        Yaml threads = top.need("threads");
        if (!(threads instanceof Yaml.Obj mapping) || mapping.members().isEmpty()) {
            if (!(threads instanceof Yaml.Missing)) {
                findings.expected(threads.place(), "threads", "a mapping with at least one thread", threads.kind());
            }
            return;
        }
        List<String> names = new ArrayList<>();
        mapping.members().forEach(member -> names.add(member.key()));
        Budget budget = new Budget();
        Kinds kinds = new Kinds(names, findings);
        StepReader steps = new StepReader(budget, objects, devices, kinds, macros);
        ThreadReader reader = new ThreadReader(values, builder, steps, budget, groups);
        mapping.members().forEach(reader::read);
        ifThere(top.get("arrivals"), value -> new ArrivalsReader(values, builder, objects, kinds).read(value));
        objects.finish();
    }
}
