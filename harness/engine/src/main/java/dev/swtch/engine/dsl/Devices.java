package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Arrivals;
import dev.swtch.engine.workload.DeviceSpec;
import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.WorkloadBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The devices of a workload: reads their declarations and finds them by name. */
final class Devices {
    /** What can be said about a device. */
    static final List<String> KEYS = List.of("cpu", "handler", "threaded", "arrivals", "posts", "service", "servers");

    /** What can be said about its arrivals. */
    static final List<String> ARRIVALS = List.of("every", "poisson", "rate", "at", "from", "until");

    private static final int MOST = 10_000;

    private final Values values;
    private final Findings findings;
    private final WorkloadBuilder builder;
    private final Objects objects;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Dist> services = new TreeMap<>();

    Devices(Values values, WorkloadBuilder builder, Objects objects) {
        this.values = values;
        this.findings = values.findings();
        this.builder = builder;
        this.objects = objects;
    }

    void read(Yaml devices) {
        if (!(devices instanceof Yaml.Obj mapping)) {
            findings.expected(devices.place(), "devices", "a mapping from names to devices", devices.kind());
            return;
        }
        if (mapping.members().size() > MOST) {
            findings.error(devices.place(), "there are more than " + MOST + " devices");
            return;
        }
        mapping.members().forEach(this::readDevice);
    }

    private void readDevice(Yaml.Member member) {
        String name = values.name(new Yaml.Scalar(member.place(), member.key(), true), "the name of a device");
        String what = "device \"" + name + "\"";
        Fields fields = Fields.of(member.value(), what, KEYS, findings);
        DistReader dists = new DistReader(values);
        Yaml cpu = fields.get("cpu");
        Yaml handler = fields.get("handler");
        Yaml threaded = fields.get("threaded");
        Yaml posts = fields.get("posts");
        Yaml service = fields.get("service");
        Yaml servers = fields.get("servers");
        Yaml arrivals = fields.get("arrivals");
        names.add(name);
        if (service != null) {
            services.put(name, dists.time(service, "the service time of " + what));
        }
        builder.add(new DeviceSpec(
                name,
                cpu == null ? 0 : (int) values.count(cpu, "the CPU of " + what, 0, 65_535),
                handler == null ? Dist.of("5us") : dists.time(handler, "the handler of " + what),
                threaded == null || !values.flag(threaded, "\"threaded\""),
                arrivals == null ? new Arrivals.None() : arrivals(arrivals, what),
                servers == null ? 1 : (int) values.count(servers, "the servers of " + what, 1, 1_000),
                posts == null ? null : objects.name(values, posts, ObjectKind.SEM, "the semaphore of " + what),
                member.place()));
    }

    private Arrivals arrivals(Yaml value, String device) {
        String what = "the arrivals of " + device;
        Fields fields = Fields.of(value, what, ARRIVALS, findings);
        String head = fields.only(List.of("every", "poisson", "rate", "at"));
        if (head == null) {
            return new Arrivals.None();
        }
        Arrivals arrivals = started(head, fields, what);
        Yaml until = fields.get("until");
        return until == null ? arrivals : new Arrivals.Until(arrivals, values.time(until, "the end of " + what, 0));
    }

    private Arrivals started(String head, Fields fields, String what) {
        Yaml from = fields.get("from");
        Yaml value = fields.need(head);
        long fromNs = from == null ? 0 : values.time(from, "the begin of " + what, 0);
        switch (head) {
            case "every" -> {
                long periodNs = values.time(value, "the period of " + what, 1);
                return new Arrivals.Periodic(from == null ? periodNs : fromNs, periodNs);
            }
            case "poisson" -> {
                return new Arrivals.Poisson(fromNs, values.time(value, "the mean gap of " + what, 1));
            }
            case "rate" -> {
                return new Arrivals.Poisson(fromNs, Math.max(1, Rate.gapNs(value, what, false, values)));
            }
            default -> {
                if (from != null) {
                    findings.error(from.place(), "\"from\" has no meaning beside \"at\"");
                }
                return new Arrivals.Fixed(Instants.read(value, what, values));
            }
        }
    }

    /** The name in a value, which should be that of a device. */
    String name(Values scope, Yaml value) {
        String name = scope.text(value, "the name of a device");
        if (!name.isEmpty() && !names.contains(name)) {
            findings.unknown(value.place(), "there is no device \"" + Texts.shortened(name) + "\"", name, names);
        }
        return name;
    }

    /** How long it serves a request that does not say so itself, or null. */
    @Nullable
    Dist service(String device) {
        return names.contains(device) ? services.get(device) : Dist.of(0);
    }
}
