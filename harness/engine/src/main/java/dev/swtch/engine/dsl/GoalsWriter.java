package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Goals;
import dev.swtch.engine.workload.Times;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what is measured and expected, and hints. */
final class GoalsWriter {
    private final Goals goals;
    private final List<String> lines = new ArrayList<>();

    GoalsWriter(Goals goals) {
        this.goals = goals;
    }

    List<String> lines() {
        if (!goals.measures().isEmpty()) {
            lines.add("measure:");
            goals.measures().forEach(this::measure);
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

    private void measure(Goals.Measure measure) {
        List<String> fields = new ArrayList<>();
        if (!measure.percentiles().isEmpty()) {
            fields.add(measure.percentiles().stream()
                    .map(percentile -> BigDecimal.valueOf(percentile, 3)
                            .stripTrailingZeros()
                            .toPlainString())
                    .collect(Collectors.joining(", ", "percentiles: [", "]")));
        }
        if (measure.deadlineNs() > 0) {
            fields.add("deadline: " + Times.format(measure.deadlineNs()));
        }
        lines.add("  " + Words.text(measure.label()) + ": {" + String.join(", ", fields) + "}");
    }

    private void expectation(Expectation expected) {
        String name = "  "
                + Words.text(expected.subject() + "." + expected.statistic().word()) + ": ";
        if (expected.least() == expected.most() && expected.scheduler().isEmpty()) {
            lines.add(name + expected.value(expected.least()));
            return;
        }
        List<String> fields = new ArrayList<>();
        if (expected.least() > 0) {
            fields.add("min: " + expected.value(expected.least()));
        }
        if (expected.most() < Long.MAX_VALUE) {
            fields.add("max: " + expected.value(expected.most()));
        }
        if (!expected.scheduler().isEmpty()) {
            fields.add("on: " + Words.text(expected.scheduler()));
        }
        lines.add(name + "{" + String.join(", ", fields) + "}");
    }
}
