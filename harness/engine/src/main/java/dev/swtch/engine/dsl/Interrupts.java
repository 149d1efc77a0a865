package dev.swtch.engine.dsl;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Interrupts are devices of which only the handler matters. They are read by writing each as a device, with its storm as a
 * second one.
 */
final class Interrupts {
    /** What can be said about interrupts. */
    static final List<String> KEYS = List.of("cpu", "arrivals", "handler", "then", "storm");

    /** What can be said about their arrivals, by law as those of open load or as those of devices. */
    static final List<String> ARRIVALS = List.of("process", "rate", "gap", "every", "poisson", "at", "from", "until");

    /** By what law they can arrive. */
    static final List<String> PROCESSES = List.of("poisson", "renewal", "trace");

    /** What can be said about a storm. */
    static final List<String> STORM = List.of("from", "to", "rate");

    private final Values values;
    private final Findings findings;

    Interrupts(Values values) {
        this.values = values;
        this.findings = values.findings();
    }

    /** The same as a mapping from names to devices. */
    Yaml devices(Yaml interrupts) {
        if (!(interrupts instanceof Yaml.Obj mapping)) {
            findings.expected(
                    interrupts.place(), "interrupts", "a mapping from names to interrupts", interrupts.kind());
            return new Yaml.Obj(interrupts.place(), List.of());
        }
        List<Yaml.Member> devices = new ArrayList<>();
        mapping.members().forEach(member -> add(member, devices));
        return new Yaml.Obj(interrupts.place(), devices);
    }

    private void add(Yaml.Member member, List<Yaml.Member> devices) {
        String what = "interrupts \"" + Texts.shortened(member.key()) + "\"";
        Fields fields = Fields.of(member.value(), what, KEYS, findings);
        Yaml arrivals = fields.get("arrivals");
        Yaml storm = fields.get("storm");
        if (arrivals == null && storm == null && !fields.isDoubtful()) {
            findings.expected(member.value().place(), what, "arrivals or a storm", "none");
        }
        devices.add(device(
                member, member.key(), fields, arrivals == null ? null : arrivals(arrivals, "the arrivals of " + what)));
        if (storm != null) {
            devices.add(device(member, member.key() + ".storm", fields, storm(storm, "the storm of " + what)));
        }
    }

    private Yaml.Member device(Yaml.Member member, String name, Fields fields, @Nullable Yaml arrivals) {
        List<Yaml.Member> settings = new ArrayList<>();
        put(settings, "cpu", fields.get("cpu"));
        put(settings, "handler", fields.get("handler"));
        put(settings, "arrivals", arrivals);
        Yaml then = fields.get("then");
        if (then != null) {
            put(
                    settings,
                    "posts",
                    Fields.of(then, "\"then\"", List.of("post"), findings).need("post"));
        }
        return new Yaml.Member(member.place(), name, new Yaml.Obj(member.value().place(), settings));
    }

    private Yaml arrivals(Yaml written, String what) {
        Fields fields = Fields.of(written, what, ARRIVALS, findings);
        Yaml named = fields.get("process");
        if (named == null) {
            return written;
        }
        String process = values.oneOf(named, "the process of " + what, PROCESSES);
        List<Yaml.Member> settings = new ArrayList<>();
        if ("poisson".equals(process)) {
            String given = fields.only(List.of("rate", "gap"));
            if (given != null) {
                put(settings, given.equals("rate") ? "rate" : "poisson", fields.get(given));
            }
        } else if (process != null) {
            boolean renewal = process.equals("renewal");
            put(settings, renewal ? "every" : "at", fields.need(renewal ? "gap" : "at"));
        }
        put(settings, "from", fields.get("from"));
        put(settings, "until", fields.get("until"));
        return settings.isEmpty() ? new Yaml.Missing(written.place()) : new Yaml.Obj(written.place(), settings);
    }

    private Yaml storm(Yaml written, String what) {
        Fields fields = Fields.of(written, what, STORM, findings);
        List<Yaml.Member> settings = new ArrayList<>();
        put(settings, "rate", fields.need("rate"));
        put(settings, "from", fields.need("from"));
        put(settings, "until", fields.need("to"));
        return new Yaml.Obj(written.place(), settings);
    }

    private static void put(List<Yaml.Member> settings, String key, @Nullable Yaml value) {
        if (value != null) {
            settings.add(new Yaml.Member(value.place(), key, value));
        }
    }
}
