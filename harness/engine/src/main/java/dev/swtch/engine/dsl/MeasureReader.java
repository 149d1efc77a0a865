package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Goals;
import dev.swtch.engine.workload.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what is to be measured of a label, or of those of its times in which so much work was done. */
final class MeasureReader {
    /** What can be said about a label. */
    static final List<String> KEYS = List.of("percentiles", "above", "in-system", "deadline", "of", "work");

    /** How work can be bounded. */
    static final List<String> WORK = List.of("min", "max");

    private final Values values;
    private final Findings findings;

    MeasureReader(Values values) {
        this.values = values;
        this.findings = values.findings();
    }

    Goals.Measure read(Yaml.Member member) {
        Fields fields = Fields.of(member.value(), "the measure of \"" + member.key() + "\"", KEYS, findings);
        Yaml deadline = fields.get("deadline");
        return new Goals.Measure(
                member.key(),
                list(fields.get("percentiles"), "the percentiles", "[50, 99, 99.9]", this::percentile),
                list(fields.get("above"), "\"above\"", "[1ms, 5ms]", item -> values.time(item, "a time", 0)),
                list(fields.get("in-system"), "\"in-system\"", "[0, 1, 2]", this::number),
                deadline == null ? Goals.NOT_SET : values.time(deadline, "the deadline", 0),
                part(member, fields),
                member.place());
    }

    private List<Long> list(@Nullable Yaml value, String what, String example, Function<Yaml, Long> item) {
        List<Long> read = new ArrayList<>();
        if (value instanceof Yaml.Seq list) {
            list.items().forEach(each -> read.add(item.apply(each)));
        } else if (value != null) {
            findings.expected(value.place(), what, "a list such as " + example, value.kind());
        }
        return read;
    }

    private long number(Yaml item) {
        return values.count(item, "a number under way", 0, Statistic.MOST_COUNTED);
    }

    private long percentile(Yaml item) {
        Amount amount = values.amount(item, "a percentile", false);
        if (amount == null) {
            return 50_000;
        }
        long thousandths = amount.scaled(1_000);
        boolean sensible = amount.value().signum() >= 0
                && thousandths <= 100_000
                && amount.value().stripTrailingZeros().scale() <= 3;
        if (!sensible) {
            findings.expected(item.place(), "a percentile", "0 to 100 with at most three decimals", amount.text());
            return 50_000;
        }
        return thousandths;
    }

    private Goals.@Nullable Part part(Yaml.Member member, Fields fields) {
        Yaml of = fields.get("of");
        Yaml work = fields.get("work");
        if (of == null || work == null) {
            if (of != null || work != null) {
                findings.expected(
                        member.value().place(),
                        "the measure of \"" + member.key() + "\"",
                        "both \"of\" a label and \"work\", or neither",
                        of == null ? "no \"of\"" : "no \"work\"");
            }
            return null;
        }
        if (fields.has("in-system")) {
            findings.error(
                    fields.need("in-system").place(),
                    "\"in-system\" has no meaning in a part of a label: how much work it is shows at its end");
        }
        Fields bounds = Fields.of(work, "\"work\"", WORK, findings);
        Yaml min = bounds.get("min");
        Yaml max = bounds.get("max");
        long leastNs = min == null ? 0 : values.time(min, "the least work", 0);
        long mostNs = max == null ? Long.MAX_VALUE : values.time(max, "the most work", 0);
        if (leastNs > mostNs) {
            findings.error(work.place(), "\"min\" is above \"max\"");
        }
        return new Goals.Part(values.text(of, "\"of\""), leastNs, mostNs);
    }
}
