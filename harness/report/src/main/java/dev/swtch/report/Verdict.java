package dev.swtch.report;

import java.util.List;

/**
 * What came of one expectation of a workload.
 *
 * @param expected the expectation, as a sentence
 * @param place where it was written, as {@code file:line:column}; empty if nobody wrote it into a file
 * @param state whether it is met
 * @param checkedBy columns whose runs it was held against
 * @param unmet one sentence for each run, or each column, that does not meet it; if it is unchecked, the reason
 */
public record Verdict(String expected, String place, State state, List<String> checkedBy, List<String> unmet) {
    /** Keeps the lists unmodifiable. */
    public Verdict {
        checkedBy = List.copyOf(checkedBy);
        unmet = List.copyOf(unmet);
    }

    /** How an expectation can fare. */
    public enum State {
        /** Every run it is about meets it. */
        MET,
        /** Some run, or the runs of some column together, do not. */
        UNMET,
        /** No run says anything about it. */
        UNCHECKED
    }
}
