package dev.swtch.engine.workload;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds errors in what arrives from outside. */
final class ArrivalChecker {
    private final SourceChecker source;
    private final Scope scope;
    private final List<ArrivalSpec> arrivals;

    ArrivalChecker(SourceChecker source, Scope scope, WorkloadSource workload) {
        this.source = source;
        this.scope = scope;
        this.arrivals = workload.arrivals();
    }

    void check() {
        if (arrivals.size() > ArrivalSpec.MOST) {
            source.error(null, "there are more than " + ArrivalSpec.MOST + " kinds of arrivals");
            return;
        }
        new Names(
                "kind of arrivals",
                arrivals.stream().map(ArrivalSpec::name).toList(),
                twice -> source.error(null, twice));
        arrivals.forEach(this::check);
    }

    private void check(ArrivalSpec spec) {
        Place place = spec.place();
        String who = "arrivals \"" + spec.name() + "\"";
        source.span(place, who + ": the start", spec.startNs(), 0);
        if (spec.stopNs() != ArrivalSpec.FOREVER) {
            source.span(place, who + ": the stop", spec.stopNs(), 0);
            if (spec.stopNs() <= spec.startNs()) {
                source.error(place, who + ": they stop before they start");
            }
        }
        if (spec.limit() < 0 || spec.room() < 0) {
            source.error(place, who + ": the limit and the room must not be negative");
        }
        source.cpu(place, who, spec.cpu());
        process(place, who, spec.process());
        target(place, who, spec);
    }

    private void process(@Nullable Place place, String who, ArrivalProcess process) {
        if (process instanceof ArrivalProcess.Renewal renewal) {
            source.dist(place, who + ": the gap", renewal.gap(), 0);
        } else if (process instanceof ArrivalProcess.Burst burst) {
            source.dist(place, who + ": the gap", burst.gap(), 0);
            source.dist(place, who + ": the size", burst.size(), 0);
            source.span(place, who + ": the spacing", burst.spacingNs(), 0);
        } else if (process instanceof ArrivalProcess.Mmpp mmpp) {
            for (ArrivalProcess.State state : mmpp.states()) {
                source.span(place, who + ": the mean gap of a state", state.gapNs(), 0);
                source.dist(place, who + ": the stay in a state", state.stay(), 1);
            }
            if (mmpp.states().stream().noneMatch(state -> state.gapNs() > 0)) {
                source.error(place, who + ": in no state does anything arrive");
            }
        } else if (process instanceof ArrivalProcess.Times times) {
            times(place, who, times.timesNs());
        }
    }

    private void times(@Nullable Place place, String who, List<Long> timesNs) {
        long previousNs = 0;
        for (long timeNs : timesNs) {
            source.span(place, who + ": a time", timeNs, 0);
            if (timeNs < previousNs) {
                source.error(
                        place,
                        who + ": the times must not fall, but " + Times.format(timeNs) + " follows "
                                + Times.format(previousNs));
                return;
            }
            previousNs = timeNs;
        }
    }

    private void target(@Nullable Place place, String who, ArrivalSpec spec) {
        if (spec.each() instanceof ArrivalTarget.Fork fork) {
            known(place, who, scope.kinds, fork.thread());
            source.forked(fork.thread());
            return;
        }
        if (spec.room() > 0) {
            source.error(place, who + ": only threads that arrive can find no room");
        }
        if (spec.each() instanceof ArrivalTarget.Post post) {
            known(place, who, scope.semaphores, post.semaphore());
            String taken = post.taken();
            if (taken != null) {
                known(place, who, scope.semaphores, taken);
            }
        } else if (spec.each() instanceof ArrivalTarget.Wake wake) {
            known(place, who, scope.conditions, wake.condition());
        }
    }

    private void known(@Nullable Place place, String who, Names names, String name) {
        String complaint = names.complaint(name);
        if (complaint != null) {
            source.error(place, who + ": " + complaint);
        }
    }
}
