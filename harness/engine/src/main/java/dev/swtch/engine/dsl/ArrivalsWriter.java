package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.ArrivalProcess;
import dev.swtch.engine.workload.ArrivalSpec;
import dev.swtch.engine.workload.ArrivalTarget;
import dev.swtch.engine.workload.Dist;
import dev.swtch.engine.workload.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes what arrives from outside. */
final class ArrivalsWriter {
    private ArrivalsWriter() {}

    /** One line for each, not indented. */
    static List<String> lines(List<ArrivalSpec> arrivals) {
        return arrivals.stream()
                .map(spec -> Words.text(spec.name()) + ": {" + String.join(", ", fields(spec)) + "}")
                .toList();
    }

    private static List<String> fields(ArrivalSpec spec) {
        List<String> fields = new ArrayList<>();
        fields.add(process(spec.process()));
        if (spec.startNs() > 0) {
            fields.add("start: " + Times.format(spec.startNs()));
        }
        if (spec.stopNs() != ArrivalSpec.FOREVER) {
            fields.add("stop: " + Times.format(spec.stopNs()));
        }
        if (spec.limit() > 0) {
            fields.add("limit: " + spec.limit());
        }
        if (spec.room() > 0) {
            fields.add("room: " + spec.room());
        }
        if (spec.cpu() > 0) {
            fields.add("cpu: " + spec.cpu());
        }
        fields.add("each: {" + target(spec.each()) + "}");
        return fields;
    }

    private static String process(ArrivalProcess process) {
        if (process instanceof ArrivalProcess.Renewal renewal) {
            return renewal.gap() instanceof Dist.Exponential exponential
                    ? "process: poisson, gap: " + Times.format(exponential.mean())
                    : "process: renewal, gap: " + Words.time(renewal.gap());
        } else if (process instanceof ArrivalProcess.Burst burst) {
            return "process: burst, gap: " + Words.time(burst.gap()) + ", size: " + Words.count(burst.size())
                    + ", spacing: " + Times.format(burst.spacingNs());
        } else if (process instanceof ArrivalProcess.Mmpp mmpp) {
            return mmpp.states().stream()
                    .map(ArrivalsWriter::state)
                    .collect(Collectors.joining(", ", "process: mmpp, states: [", "]"));
        }
        return ((ArrivalProcess.Times) process)
                .timesNs().stream().map(Times::format).collect(Collectors.joining(", ", "process: trace, at: [", "]"));
    }

    private static String state(ArrivalProcess.State state) {
        String rate = state.gapNs() == 0 ? "rate: 0" : "gap: " + Times.format(state.gapNs());
        return "{" + rate + ", stay: " + Words.time(state.stay()) + "}";
    }

    private static String target(ArrivalTarget target) {
        if (target instanceof ArrivalTarget.Fork fork) {
            return "fork: " + Words.text(fork.thread());
        } else if (target instanceof ArrivalTarget.Post post) {
            String taken = post.taken();
            return "post: " + Words.text(post.semaphore()) + (taken == null ? "" : ", taking: " + Words.text(taken));
        }
        return "wake: " + Words.text(((ArrivalTarget.Wake) target).condition());
    }
}
