package dev.swtch.engine.workload;

/**
 * Tells one after another when something arrives. The instants depend on the seed and the name alone: draw n of a stream
 * is the same whoever asks when.
 */
public final class ArrivalClock {
    /** What {@link #nextNs} returns when nothing arrives any more. */
    public static final long NEVER = -1;

    private static final int GAPS = 0;
    private static final int SIZES = 1;
    private static final int STAYS = 2;

    private final ArrivalSpec spec;
    private final long gapKey;
    private final long sizeKey;
    private final long stayKey;
    private long arrived;
    private long gaps;
    private long bursts;
    private long left;
    private int state = -1;
    private long stays;
    private long stateEndNs;
    private long lastNs;

    ArrivalClock(ArrivalSpec spec, long key) {
        this.spec = spec;
        gapKey = Streams.stepKey(key, GAPS);
        sizeKey = Streams.stepKey(key, SIZES);
        stayKey = Streams.stepKey(key, STAYS);
        lastNs = spec.startNs();
        stateEndNs = spec.startNs();
    }

    /** When the next one arrives, not before the one in front of it, or {@link #NEVER}. */
    public long nextNs() {
        if (lastNs == NEVER || spec.limit() > 0 && arrived >= spec.limit()) {
            return NEVER;
        }
        long nextNs = unlimitedNs();
        lastNs = nextNs < spec.stopNs() ? nextNs : NEVER;
        arrived++;
        return lastNs;
    }

    private long unlimitedNs() {
        ArrivalProcess process = spec.process();
        if (process instanceof ArrivalProcess.Renewal renewal) {
            return lastNs + gapNs(renewal.gap());
        } else if (process instanceof ArrivalProcess.Burst burst) {
            return ofBurstNs(burst);
        } else if (process instanceof ArrivalProcess.Mmpp mmpp) {
            return ofStateNs(mmpp);
        }
        ArrivalProcess.Times times = (ArrivalProcess.Times) process;
        return arrived < times.timesNs().size()
                ? spec.startNs() + times.timesNs().get((int) arrived)
                : Long.MAX_VALUE;
    }

    /** At least 1, so that time passes whatever is drawn. */
    private long gapNs(Dist gap) {
        return Math.max(1, DistValue.of(gap, gapKey, gaps++));
    }

    private long ofBurstNs(ArrivalProcess.Burst burst) {
        if (left > 0) {
            left--;
            return lastNs + burst.spacingNs();
        }
        left = Math.max(1, DistValue.of(burst.size(), sizeKey, bursts++)) - 1;
        return lastNs + gapNs(burst.gap());
    }

    /** The gaps of a state are exponential, so what is left of one when the state ends can be forgotten. */
    private long ofStateNs(ArrivalProcess.Mmpp mmpp) {
        long atNs = lastNs;
        while (atNs <= SourceChecker.LONGEST_NS) {
            if (atNs >= stateEndNs) {
                state = (state + 1) % mmpp.states().size();
                stateEndNs += Math.max(1, DistValue.of(mmpp.states().get(state).stay(), stayKey, stays++));
            }
            long meanNs = mmpp.states().get(state).gapNs();
            long nextNs = meanNs == 0
                    ? stateEndNs
                    : atNs + Math.max(1, Draws.exponential(Streams.draw(gapKey, gaps++), meanNs));
            if (meanNs > 0 && nextNs < stateEndNs) {
                return nextNs;
            }
            atNs = stateEndNs;
        }
        return Long.MAX_VALUE;
    }
}
