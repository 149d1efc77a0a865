package dev.swtch.testkit;

import dev.swtch.engine.result.Outcome;
import dev.swtch.engine.result.RunResult;
import dev.swtch.engine.result.ThreadResult;
import dev.swtch.engine.workload.Workload;
import dev.swtch.spi.plugin.Capability;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A workload in which a capability makes a difference that can be seen from outside.
 *
 * @param capability what is probed
 * @param machine topology of the machine
 * @param workload what is run; it ends when all its threads have left
 * @param expectation what is wrong with the result of a run that ended; empty if nothing is
 */
record CapabilityProbe(
        Capability capability, String machine, Workload workload, Function<RunResult, Optional<String>> expectation) {

    /** What shows that the capability is missing; empty if it is there. */
    Optional<String> missing(RunResult result) {
        if (result.outcome() == Outcome.PANIC) {
            return Optional.of("the run ended by a fault: " + result.fault());
        }
        List<String> left = result.threads().stream()
                .filter(thread -> !thread.ended())
                .map(thread -> thread.path() + " " + thread.waitsFor())
                .toList();
        if (!left.isEmpty()) {
            return Optional.of("threads did not come to their end: " + left);
        }
        return expectation.apply(result);
    }

    static ThreadResult thread(RunResult result, String path) {
        return Objects.requireNonNull(
                result.threads().stream()
                        .filter(thread -> thread.path().equals(path))
                        .findFirst()
                        .orElse(null),
                path);
    }

    static Optional<String> atMost(String what, long ns, long limitNs) {
        return ns <= limitNs ? Optional.empty() : Optional.of(what + ": at most " + limitNs + ", found " + ns);
    }

    static Optional<String> atLeast(String what, long value, long limit) {
        return value >= limit ? Optional.empty() : Optional.of(what + ": at least " + limit + ", found " + value);
    }
}
