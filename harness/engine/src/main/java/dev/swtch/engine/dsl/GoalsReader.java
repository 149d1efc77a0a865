package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Expectation.Statistic;
import dev.swtch.engine.workload.Goals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is to be measured, what is expected, and hints. */
final class GoalsReader {
    /** What can be said about a label. */
    static final List<String> MEASURE = List.of("percentiles", "deadline");

    /** How a value can be bounded. */
    static final List<String> BOUNDS = List.of("about", "within", "min", "max", "on");

    private final Values values;
    private final Findings findings;
    private final List<Goals.Measure> measures = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private final List<Goals.Hint> hints = new ArrayList<>();

    GoalsReader(Values values) {
        this.values = values;
        this.findings = values.findings();
    }

    Goals goals() {
        return new Goals(measures, expectations, hints);
    }

    private List<Yaml.Member> members(Yaml value, String what) {
        if (value instanceof Yaml.Obj mapping) {
            return mapping.members();
        }
        findings.expected(value.place(), what, "a mapping", value.kind());
        return List.of();
    }

    void measure(Yaml value) {
        for (Yaml.Member member : members(value, "measure")) {
            Fields fields = Fields.of(member.value(), "the measure of \"" + member.key() + "\"", MEASURE, findings);
            List<Integer> percentiles = new ArrayList<>();
            Yaml listed = fields.get("percentiles");
            if (listed instanceof Yaml.Seq list) {
                list.items().forEach(item -> percentiles.add(percentile(item)));
            } else if (listed != null) {
                findings.expected(listed.place(), "the percentiles", "a list such as [50, 99, 99.9]", listed.kind());
            }
            Yaml deadline = fields.get("deadline");
            measures.add(new Goals.Measure(
                    member.key(), percentiles, deadline == null ? 0 : values.time(deadline, "the deadline", 1)));
        }
    }

    private int percentile(Yaml item) {
        Amount amount = values.amount(item, "a percentile", false);
        if (amount == null) {
            return 50_000;
        }
        if (amount.value().signum() < 0 || amount.value().compareTo(BigDecimal.valueOf(100)) > 0) {
            findings.expected(item.place(), "a percentile", "0 to 100", amount.text());
            return 50_000;
        }
        return (int) amount.times(Amount.number(1_000)).rounded();
    }

    void hints(Yaml value) {
        for (Yaml.Member scheduler : members(value, "hints")) {
            for (Yaml.Member hint : members(scheduler.value(), "the hints for " + scheduler.key())) {
                String text = values.text(hint.value(), "a hint");
                hints.add(new Goals.Hint(scheduler.key(), hint.key(), text));
                findings.note(
                        hint.place(),
                        "hint for " + Texts.shortened(scheduler.key()) + ": " + Texts.shortened(hint.key()) + " = "
                                + Texts.shortened(text) + ", not applied; set it with --set");
            }
        }
    }

    void expect(Yaml value) {
        for (Yaml.Member member : members(value, "expect")) {
            int dot = member.key().lastIndexOf('.');
            String word = member.key().substring(dot + 1);
            Statistic statistic = statistic(word);
            if (dot < 1 || statistic == null) {
                List<String> known =
                        Arrays.stream(Statistic.values()).map(Statistic::word).toList();
                String what = "\"" + Texts.shortened(member.key()) + "\" is not THREAD or LABEL, a dot and a statistic";
                findings.unknown(member.place(), what, word, known);
            } else {
                expect(member, member.key().substring(0, dot), statistic);
            }
        }
    }

    private static @Nullable Statistic statistic(String word) {
        for (Statistic statistic : Statistic.values()) {
            if (statistic.word().equals(word)) {
                return statistic;
            }
        }
        return null;
    }

    private void expect(Yaml.Member member, String subject, Statistic statistic) {
        boolean time = !statistic.isCount();
        if (member.value() instanceof Yaml.Scalar) {
            long exact = value(member.value(), time);
            expectations.add(new Expectation(subject, statistic, exact, exact, "", member.place()));
            return;
        }
        Fields fields = Fields.of(member.value(), "the expectation", BOUNDS, findings);
        Yaml about = fields.get("about");
        Yaml min = fields.get("min");
        Yaml max = fields.get("max");
        Yaml on = fields.get("on");
        if (about == null ? min == null && max == null : min != null || max != null) {
            findings.expected(
                    member.value().place(),
                    "the expectation",
                    "about, or min and max",
                    about == null ? "none" : "both");
        }
        long least = min == null ? 0 : value(min, time);
        long most = max == null ? Long.MAX_VALUE : value(max, time);
        if (about != null) {
            long middle = value(about, time);
            long tolerance = tolerance(fields.get("within"), middle);
            least = middle - tolerance;
            most = middle + tolerance;
        }
        String scheduler = on == null ? "" : values.text(on, "\"on\"");
        expectations.add(new Expectation(subject, statistic, least, most, scheduler, member.place()));
    }

    private long value(Yaml value, boolean time) {
        return time ? values.time(value, "the value", 0) : values.count(value, "the value", 0, Long.MAX_VALUE / 8);
    }

    /** A percentage, 5 % without one. */
    private long tolerance(@Nullable Yaml within, long middle) {
        Amount percent = Amount.number(5);
        if (within != null) {
            String text = values.text(within, "\"within\"");
            Amount given = text.endsWith("%")
                    ? values.amount(
                            new Yaml.Scalar(within.place(), text.substring(0, text.length() - 1), false),
                            "\"within\"",
                            false)
                    : null;
            if (given == null || given.value().signum() < 0 || given.value().compareTo(BigDecimal.valueOf(100)) > 0) {
                findings.expected(within.place(), "\"within\"", "0% to 100%", within.kind());
            } else {
                percent = given;
            }
        }
        return Amount.number(middle)
                .times(percent)
                .dividedBy(Amount.number(100))
                .rounded();
    }
}
