package dev.swtch.engine.workload;

import java.util.List;

/** When a device interrupts on its own account. */
public sealed interface Arrivals {
    /** Never: the device only completes requests. */
    record None() implements Arrivals {}

    /** At phase, phase + period, phase + 2 periods and so on, in ns. */
    record Periodic(long phaseNs, long periodNs) implements Arrivals {}

    /** From the phase on, with exponentially distributed gaps of the given mean, in ns. */
    record Poisson(long phaseNs, long meanGapNs) implements Arrivals {}

    /** As others, but nothing from an instant on, in ns. */
    record Until(Arrivals arrivals, long endNs) implements Arrivals {}

    /** At given instants, in ns, strictly rising. */
    record Fixed(List<Long> timesNs) implements Arrivals {
        /** Copies the list. */
        public Fixed {
            timesNs = List.copyOf(timesNs);
        }
    }
}
