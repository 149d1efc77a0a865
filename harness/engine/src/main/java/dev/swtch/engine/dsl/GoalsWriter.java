package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Goals;
import dev.swtch.engine.workload.Requirements;
import dev.swtch.engine.workload.Statistic;
import dev.swtch.engine.workload.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/** Writes what is required, measured and expected, and hints. */
final class GoalsWriter {
    private final Goals goals;
    private final List<String> lines = new ArrayList<>();

    GoalsWriter(Goals goals) {
        this.goals = goals;
    }

    List<String> lines() {
        if (!goals.measures().isEmpty() || !goals.groups().isEmpty() || goals.idleThresholdNs() >= 0) {
            lines.add("measure:");
            goals.measures().forEach(this::measure);
            fairness();
            if (goals.idleThresholdNs() >= 0) {
                lines.add("  idle-while-waiting: {threshold: " + Times.format(goals.idleThresholdNs()) + "}");
            }
        }
        if (!goals.expectations().isEmpty()) {
            lines.add("expect:");
            goals.expectations().forEach(this::expectation);
        }
        if (!goals.hints().isEmpty()) {
            lines.add("hints:");
            String scheduler = "";
            for (Goals.Hint hint : goals.hints()) {
                if (!hint.scheduler().equals(scheduler)) {
                    scheduler = hint.scheduler();
                    lines.add("  " + Words.text(scheduler) + ":");
                }
                lines.add("    " + Words.text(hint.tunable()) + ": " + Words.text(hint.value()));
            }
        }
        return lines;
    }

    /** What is said before the objects and threads. */
    List<String> head() {
        List<String> head = new ArrayList<>();
        if (goals.warmupNs() > 0) {
            head.add("warmup: " + Times.format(goals.warmupNs()));
        }
        if (!goals.requires().isNone()) {
            head.add("requires: {" + String.join(", ", requirements(goals.requires())) + "}");
        }
        return head;
    }

    private static List<String> requirements(Requirements requires) {
        List<String> fields = new ArrayList<>();
        if (requires.leastCpus() == requires.mostCpus()) {
            fields.add("cpus: " + requires.leastCpus());
        } else if (requires.mostCpus() < Integer.MAX_VALUE) {
            fields.add("cpus: \"<=" + requires.mostCpus() + "\"");
        } else if (requires.leastCpus() > 1) {
            fields.add("cpus: \">=" + requires.leastCpus() + "\"");
        }
        if (requires.numa() != null) {
            fields.add("numa: " + requires.numa());
        }
        if (requires.smt() != null) {
            fields.add("smt: " + requires.smt());
        }
        if (requires.zeroCosts()) {
            fields.add("costs: zero");
        }
        return fields;
    }

    private void measure(Goals.Measure measure) {
        List<String> fields = new ArrayList<>();
        if (!measure.percentiles().isEmpty()) {
            fields.add("percentiles: " + list(measure.percentiles(), Statistic::thousandths));
        }
        if (!measure.above().isEmpty()) {
            fields.add("above: " + list(measure.above(), Times::format));
        }
        if (!measure.inSystem().isEmpty()) {
            fields.add("in-system: " + measure.inSystem());
        }
        if (measure.deadlineNs() >= 0) {
            fields.add("deadline: " + Times.format(measure.deadlineNs()));
        }
        Goals.Part part = measure.part();
        if (part != null) {
            List<String> work = new ArrayList<>();
            if (part.leastNs() > 0) {
                work.add("min: " + Times.format(part.leastNs()));
            }
            if (part.mostNs() < Long.MAX_VALUE) {
                work.add("max: " + Times.format(part.mostNs()));
            }
            fields.add("of: " + Words.text(part.label()));
            fields.add("work: {" + String.join(", ", work) + "}");
        }
        lines.add("  " + Words.text(measure.label()) + ": {" + String.join(", ", fields) + "}");
    }

    private static String list(List<Long> values, LongFunction<String> text) {
        return values.stream().map(text::apply).collect(Collectors.joining(", ", "[", "]"));
    }

    private void fairness() {
        if (!goals.groups().isEmpty()) {
            lines.add("  fairness:");
        }
        for (Goals.FairGroup group : goals.groups()) {
            lines.add("    " + Words.text(group.name()) + ": " + words(group.threads()));
        }
    }

    private static String words(List<String> words) {
        return words.stream().map(Words::text).collect(Collectors.joining(", ", "[", "]"));
    }

    private void expectation(Expectation expected) {
        String name = "  "
                + Words.text(expected.subject() + "." + expected.statistic().word()) + ": ";
        List<String> fields = new ArrayList<>();
        if (expected.least() == expected.most()) {
            fields.add("exactly: " + expected.value(expected.least()));
        } else {
            if (expected.least() > 0 || expected.most() == Long.MAX_VALUE) {
                fields.add("min: " + expected.value(expected.least()));
            }
            if (expected.most() < Long.MAX_VALUE) {
                fields.add("max: " + expected.value(expected.most()));
            }
        }
        if (!expected.policies().isEmpty()) {
            fields.add("policy: " + words(expected.policies()));
        }
        if (expected.confidence() > 0) {
            fields.add("confidence: " + Statistic.thousandths(expected.confidence()) + "%");
        }
        boolean plain = fields.size() == 1 && expected.least() == expected.most();
        lines.add(name + (plain ? expected.value(expected.least()) : "{" + String.join(", ", fields) + "}"));
    }
}
