package dev.swtch.engine.workload;

import java.util.List;

/** By what law something arrives from outside. */
public sealed interface ArrivalProcess {
    /** Each a gap after the one before, the first a gap after the start; exponential gaps make a Poisson process. */
    record Renewal(Dist gap) implements ArrivalProcess {}

    /**
     * Several in a row.
     *
     * @param gap from the last of a burst, or from the start, to the first of the next, ns
     * @param size how many a burst has; at least 1, whatever is drawn
     * @param spacingNs between two of a burst, ns
     */
    record Burst(Dist gap, Dist size, long spacingNs) implements ArrivalProcess {}

    /** A Poisson process whose rate changes: its states follow each other in a circle, beginning with the first. */
    record Mmpp(List<State> states) implements ArrivalProcess {
        /** Copies the list. */
        public Mmpp {
            states = List.copyOf(states);
        }
    }

    /** At instants after the start, ns, none before the one in front of it. */
    record Times(List<Long> timesNs) implements ArrivalProcess {
        /** Copies the list. */
        public Times {
            timesNs = List.copyOf(timesNs);
        }
    }

    /**
     * A state of a {@link Mmpp}.
     *
     * @param gapNs mean gap between two that arrive, ns, or 0 if nothing arrives
     * @param stay how long the state lasts, ns; exponential in the process of that name
     */
    record State(long gapNs, Dist stay) {}
}
