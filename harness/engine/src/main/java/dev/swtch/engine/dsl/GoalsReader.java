package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Goals;
import dev.swtch.engine.workload.Requirements;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is required, what is to be measured, what is expected, and hints. */
final class GoalsReader {
    /** What can be required of the machine. */
    static final List<String> REQUIRES = List.of("cpus", "numa", "smt", "costs");

    /** What is measured beside labels. */
    static final List<String> FURTHER = List.of("fairness", "idle-while-waiting");

    private static final String IDLE = "idle-while-waiting";

    private final Values values;
    private final Findings findings;
    private final List<Goals.Measure> measures = new ArrayList<>();
    private final List<Goals.FairGroup> groups = new ArrayList<>();
    private final List<Expectation> expectations = new ArrayList<>();
    private final List<Goals.Hint> hints = new ArrayList<>();
    private Requirements requires = Requirements.NONE;
    private long warmupNs;
    private long idleThresholdNs = Goals.NOT_SET;

    GoalsReader(Values values) {
        this.values = values;
        this.findings = values.findings();
    }

    Goals goals() {
        return new Goals(requires, warmupNs, measures, groups, idleThresholdNs, expectations, hints);
    }

    private List<Yaml.Member> members(Yaml value, String what) {
        if (value instanceof Yaml.Obj mapping) {
            return mapping.members();
        }
        findings.expected(value.place(), what, "a mapping", value.kind());
        return List.of();
    }

    void warmup(Yaml value) {
        warmupNs = values.time(value, "the warm-up", 0);
    }

    void requires(Yaml value) {
        Fields fields = Fields.of(value, "requires", REQUIRES, findings);
        Yaml cpus = fields.get("cpus");
        Yaml numa = fields.get("numa");
        Yaml smt = fields.get("smt");
        Yaml costs = fields.get("costs");
        CpuRange range = cpus == null ? CpuRange.ANY : CpuRange.read(cpus, values);
        requires = new Requirements(
                range.least(),
                range.most(),
                numa == null ? null : values.flag(numa, "\"numa\""),
                smt == null ? null : values.flag(smt, "\"smt\""),
                costs != null && values.oneOf(costs, "the costs", List.of("zero")) != null,
                value.place());
    }

    void measure(Yaml value) {
        for (Yaml.Member member : members(value, "measure")) {
            switch (member.key()) {
                case "fairness" -> fairness(member.value());
                case IDLE -> idleWhileWaiting(member.value());
                default -> measures.add(new MeasureReader(values).read(member));
            }
        }
    }

    private void fairness(Yaml value) {
        for (Yaml.Member group : members(value, "fairness")) {
            List<String> names = new ArrayList<>();
            if (group.value() instanceof Yaml.Seq list) {
                list.items().forEach(item -> names.add(values.text(item, "a thread of the group")));
            } else {
                names.add(values.text(group.value(), "the thread of the group"));
            }
            groups.add(new Goals.FairGroup(group.key(), names, group.place()));
        }
    }

    private void idleWhileWaiting(Yaml value) {
        Fields fields = Fields.of(value, IDLE, List.of("threshold"), findings);
        Yaml threshold = fields.get("threshold");
        idleThresholdNs = threshold == null ? 0 : values.time(threshold, "the threshold", 0);
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
        ExpectationReader reader = new ExpectationReader(values);
        for (Yaml.Member member : members(value, "expect")) {
            Expectation read = reader.read(member);
            if (read != null) {
                expectations.add(read);
            }
        }
    }

    /**
     * A number of CPUs, or a bound of it.
     *
     * @param least fewest
     * @param most most
     */
    private record CpuRange(int least, int most) {
        static final CpuRange ANY = new CpuRange(1, Integer.MAX_VALUE);
        private static final int MOST_CPUS = 4_096;

        static CpuRange read(Yaml value, Values values) {
            String text = values.text(value, "the number of CPUs").trim();
            String sign = text.replaceAll("[0-9 ].*", "");
            @Nullable
            Amount number = values.amount(
                    new Yaml.Scalar(value.place(), text.substring(sign.length()).trim(), false),
                    "the number of CPUs",
                    false);
            if (number == null) {
                return ANY;
            }
            boolean sensible = number.isWhole() && number.rounded() >= 1 && number.rounded() <= MOST_CPUS;
            if (!sensible || !List.of("", "==", ">=", "<=").contains(sign)) {
                values.findings()
                        .expected(
                                value.place(),
                                "the number of CPUs",
                                "a number such as 1, \"==1\", \">=2\" or \"<=8\"",
                                value.kind());
                return ANY;
            }
            int count = (int) number.rounded();
            return new CpuRange(sign.equals("<=") ? 1 : count, sign.equals(">=") ? Integer.MAX_VALUE : count);
        }
    }
}
