package dev.swtch.engine.dsl;

import dev.swtch.engine.workload.Expectation;
import dev.swtch.engine.workload.Goals;
import dev.swtch.engine.workload.Place;
import dev.swtch.engine.workload.Quantity;
import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.Workload;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is measured or expected has to be there. */
final class Subjects {
    private static final int SHOWN = 10;

    private final Workload workload;
    private final Findings findings;
    private final List<String> threads;
    private final List<String> labels;
    private final List<String> groups;
    private final List<String> arrivals;

    Subjects(Workload workload, Findings findings) {
        this.workload = workload;
        this.findings = findings;
        this.threads = workload.threads().stream().map(ThreadEntry::path).toList();
        this.arrivals =
                workload.arrivals().stream().map(entry -> entry.spec().name()).toList();
        this.labels = Stream.concat(
                        workload.probes().stream(),
                        workload.goals().parts().stream().map(Goals.Measure::label))
                .toList();
        this.groups =
                workload.goals().groups().stream().map(Goals.FairGroup::name).toList();
    }

    void check() {
        for (Goals.Measure measure : workload.goals().measures()) {
            check(measure);
        }
        for (Goals.FairGroup group : workload.goals().groups()) {
            for (String name : group.threads()) {
                if (!isThread(name)) {
                    complain(group.place(), Quantity.Of.THREAD, name);
                }
            }
        }
        for (Expectation expected : workload.goals().expectations()) {
            Quantity.Of of = expected.statistic().quantity().of();
            boolean known = of == Quantity.Of.THREAD
                    ? isThread(expected.subject())
                    : of == Quantity.Of.RUN || names(of).contains(expected.subject());
            if (!known) {
                complain(expected.place(), of, expected.subject());
            } else if (expected.statistic().quantity() == Quantity.IN_SYSTEM_JUST
                    && workload.goals().measureOf(expected.subject()).part() != null) {
                findings.error(
                        expected.place(),
                        "\"" + Texts.shortened(expected.subject())
                                + "\" is a part of a label: how many of it are under way is not known");
            }
        }
    }

    private void check(Goals.Measure measure) {
        Goals.Part part = measure.part();
        String label = part == null ? measure.label() : part.label();
        if (!workload.probes().contains(label)) {
            complain(measure.place(), workload.probes(), Quantity.Of.LABEL, label);
        }
        if (part != null && workload.probes().contains(measure.label())) {
            findings.error(
                    measure.place(),
                    "the part \"" + Texts.shortened(measure.label())
                            + "\" needs a name of its own: threads begin a label of that name");
        }
    }

    /** What is forked gets its path during the run. */
    private boolean isThread(String name) {
        return name.indexOf('>') >= 0 || threads.stream().anyMatch(path -> Expectation.isOfThread(name, path));
    }

    private List<String> names(Quantity.Of of) {
        return switch (of) {
            case THREAD -> threads;
            case LABEL -> labels;
            case GROUP -> groups;
            case ARRIVALS -> arrivals;
            case RUN -> List.of();
        };
    }

    private void complain(@Nullable Place place, Quantity.Of of, String name) {
        complain(place, names(of), of, name);
    }

    private void complain(@Nullable Place place, List<String> known, Quantity.Of of, String name) {
        String message = "there is no " + of.title() + " \"" + Texts.shortened(name) + "\"";
        findings.unknown(place, message, name, known.subList(0, Math.min(SHOWN, known.size())));
    }
}
