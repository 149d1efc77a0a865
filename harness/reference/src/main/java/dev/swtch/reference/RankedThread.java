package dev.swtch.reference;

import dev.swtch.spi.simple.SimpleThread;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadSpec;
import org.jspecify.annotations.Nullable;

/** A thread with a number by which a {@link RankedQueue} orders it. */
final class RankedThread extends SimpleThread {
    /** The least goes first among threads of one {@link #urgency}. */
    long rank;

    /** Order of coming among equal ranks. */
    long came;

    /** When it was last chosen to run, ns. */
    long chosenNs;

    /** Its place in the queue, or -1. */
    int place = -1;

    RankedThread(ThreadSpec spec, @Nullable ThreadBody body) {
        super(spec, body);
    }

    /** What the workload says about its threads comes before any rank: the least goes first. */
    int urgency() {
        return switch (threadClass()) {
            case KERNEL, INTERRUPT -> 0;
            case REALTIME -> 32 - rank();
            case TIMESHARE -> 33;
            case IDLE, CPU_IDLE -> 34;
        };
    }

    /** Whether it goes before another, if the ranks are as given. */
    boolean isBefore(long itsRank, RankedThread other, long othersRank) {
        int difference = urgency() - other.urgency();
        return difference != 0 ? difference < 0 : itsRank < othersRank;
    }
}
