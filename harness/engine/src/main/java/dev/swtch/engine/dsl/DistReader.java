package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.Shape;
import java.util.ArrayList;
import java.util.List;

/** Reads a value that may be random: a constant, or a mapping with a distribution's name. */
final class DistReader {
    /** The distributions. */
    static final List<String> NAMES = List.of(
            "uniform", "exp", "normal", "lognormal", "erlang", "hyper", "pareto", "choice", "sequence", "trace");

    /** What may stand beside a distribution. */
    static final List<String> LIMITS = List.of("min", "max", "unit", "column");

    private static final Dist NOTHING = Dist.of(0);
    private static final long MILLION = 1_000_000;

    private final Values values;
    private final Findings findings;

    DistReader(Values values) {
        this.values = values;
        this.findings = values.findings();
    }

    /** A span of time. */
    Dist time(Yaml value, String what) {
        return read(value, what, true, 0);
    }

    /** A number of times. */
    Dist count(Yaml value, String what) {
        return read(value, what, false, 0);
    }

    private Dist read(Yaml value, String what, boolean time, int depth) {
        if (value instanceof Yaml.Scalar scalar) {
            Yaml stands = values.env().node(scalar.text());
            return stands == null || depth > 8
                    ? Dist.of(plain(value, what, time))
                    : read(stands, what, time, depth + 1);
        }
        if (value instanceof Yaml.Missing) {
            return NOTHING;
        }
        if (!(value instanceof Yaml.Obj object)) {
            findings.expected(value.place(), what, (time ? "a time" : "a number") + " or a distribution", value.kind());
            return NOTHING;
        }
        List<String> known = new ArrayList<>(NAMES);
        known.addAll(LIMITS);
        Fields fields = Fields.of(object, what, known, findings);
        String name = fields.only(NAMES);
        return name == null ? NOTHING : named(name, fields, what, time);
    }

    private Dist named(String name, Fields fields, String what, boolean time) {
        Yaml parameters = fields.need(name);
        boolean limited = fields.has("min") || fields.has("max");
        for (String key : List.of("unit", "column")) {
            Yaml value = fields.get(key);
            if (value != null && !name.equals("trace")) {
                findings.error(value.place(), what + ": \"" + key + "\" belongs to \"trace\"");
            }
        }
        switch (name) {
            case "choice", "hyper", "uniform", "sequence", "trace" -> {
                if (limited) {
                    findings.error(fields.place(), what + ": " + name + " takes no min and max");
                }
            }
            default -> {}
        }
        switch (name) {
            case "uniform" -> {
                List<Yaml> ends = values.pair(parameters, what, "the least and the largest value");
                return ends == null
                        ? NOTHING
                        : new Dist.Uniform(plain(ends.get(0), what, time), plain(ends.get(1), what, time));
            }
            case "exp" -> {
                long mean = plain(parameters, what, time);
                return limited ? shaped(Shape.ERLANG, 1, mean, fields, what, time) : new Dist.Exponential(mean);
            }
            case "choice" -> {
                return new Dist.Choice(weighted(parameters, what, time));
            }
            case "sequence" -> {
                return sequence(parameters, what, time);
            }
            case "trace" -> {
                List<Long> read = values.files().read(fields, what, time, values);
                return read.isEmpty() ? NOTHING : new Dist.Sequence(read);
            }
            case "hyper" -> {
                return new Dist.Hyper(weighted(parameters, what, time));
            }
            default -> {
                return twoParameters(name, parameters, fields, what, time);
            }
        }
    }

    private Dist sequence(Yaml value, String what, boolean time) {
        if (!(value instanceof Yaml.Seq list) || list.items().isEmpty()) {
            String found = value instanceof Yaml.Seq ? "an empty list" : value.kind();
            findings.expected(value.place(), what, "a list of values", found);
            return NOTHING;
        }
        return new Dist.Sequence(
                list.items().stream().map(item -> plain(item, what, time)).toList());
    }

    private Dist twoParameters(String name, Yaml parameters, Fields fields, String what, boolean time) {
        String pairOf = switch (name) {
            case "erlang" -> "the number of stages and the mean";
            case "pareto" -> "the least value and the exponent";
            default -> "the mean and the standard deviation";
        };
        List<Yaml> two = values.pair(parameters, what, pairOf);
        if (two == null) {
            return NOTHING;
        }
        if (name.equals("erlang")) {
            long stages = values.count(two.get(0), what + ": the number of stages", 1, Shape.MOST_STAGES);
            return shaped(Shape.ERLANG, stages, plain(two.get(1), what, time), fields, what, time);
        }
        if (name.equals("pareto")) {
            Amount exponent = values.amount(two.get(1), what + ": the exponent", false);
            long millionths = exponent == null ? 1 : exponent.scaled(MILLION);
            return shaped(Shape.PARETO, plain(two.get(0), what, time), millionths, fields, what, time);
        }
        Shape shape = name.equals("normal") ? Shape.NORMAL : Shape.LOGNORMAL;
        return shaped(shape, plain(two.get(0), what, time), plain(two.get(1), what, time), fields, what, time);
    }

    private Dist shaped(Shape shape, long first, long second, Fields fields, String what, boolean time) {
        Yaml min = fields.get("min");
        Yaml max = fields.get("max");
        long least = min == null ? 0 : plain(min, what + ": min", time);
        long most = max == null ? Values.LONGEST_NS : plain(max, what + ": max", time);
        return new Dist.Shaped(shape, first, second, least, most);
    }

    private long plain(Yaml value, String what, boolean time) {
        return time ? values.time(value, what, 0) : values.count(value, what, 0, Values.LONGEST_NS);
    }

    private List<Dist.Weighted> weighted(Yaml value, String what, boolean time) {
        List<Weights.Item> items = Weights.read(value, what, "value", values);
        return items.isEmpty()
                ? List.of(new Dist.Weighted(1, 0))
                : items.stream()
                        .map(item -> new Dist.Weighted(item.weight(), plain(item.value(), what, time)))
                        .toList();
    }
}
