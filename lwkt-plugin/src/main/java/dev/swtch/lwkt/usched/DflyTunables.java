package dev.swtch.lwkt.usched;

/** Tunables of the user scheduler, kern.usched_dfly.*. */
public final class DflyTunables {
    /** Feature: an idle CPU pulls. */
    public static final int IDLE_PULL = 0x01;

    /** Feature: an LWP that cannot run is pushed to a better CPU. */
    public static final int PUSH = 0x02;

    /** Feature: one CPU in turn pulls from the most loaded. */
    public static final int ROVER = 0x04;

    /** Feature: an LWP that has to give way is pushed to a better CPU. */
    public static final int FORCED_PUSH = 0x08;

    /** Feature: not to the very CPU of the waker. */
    public static final int AVOID_WAKER = 0x10;

    /** Feature: a forked LWP goes to the best CPU. */
    public static final int FORK_BEST = 0x20;

    /** Feature: a forked LWP goes to its parent's CPU. */
    public static final int FORK_PARENT = 0x40;

    /** Feature: a forked LWP goes to the next CPU in turn. */
    public static final int FORK_SIMPLE = 0x80;

    /** {@code weight1}: staying on its CPU. */
    public int weight1 = 200;

    /** {@code weight2}: being near the waker. */
    public int weight2 = 180;

    /** {@code weight3}: each LWP counted on a CPU. */
    public int weight3 = 40;

    /** {@code weight4}: a CPU with nothing to do. */
    public int weight4 = 160;

    /** {@code features}. */
    public int features = FORK_SIMPLE | FORCED_PUSH | ROVER | PUSH | IDLE_PULL;

    /** {@code fast_resched}: how much better a priority must be to interrupt at once. */
    public int fastResched;

    /** Not the seed's: an LWP is pulled only to a CPU it may run on. */
    public boolean pullChecksCpumask;

    /** {@code swmask}: the part of a priority that LWKT gets to know. */
    public int swmask = ~3;

    /** {@code rrinterval}: schedclock ticks of a turn. */
    public int rrinterval = 5;

    /** {@code decay}: weight of the past in the estimate of CPU use. */
    public int decay = 8;

    /** Not the seed's: idle CPUs take their turn in pulling from the most loaded. */
    public boolean roverWhenIdle;

    /** Not the seed's: an LWP that has a part of its turn left keeps it and stands before its equals. */
    public boolean requeueAtHead;

    /** Not the seed's: each realtime and idle priority has a queue of its own. */
    public boolean rtprioOwnQueues;

    /** The seed's: the priority of a new LWP begins at 0, so its first one counts as a change and asks to reschedule. */
    public boolean forkRequestsResched = true;

    /** Makes the defaults. */
    public DflyTunables() {}

    boolean has(int feature) {
        return (features & feature) != 0;
    }
}
