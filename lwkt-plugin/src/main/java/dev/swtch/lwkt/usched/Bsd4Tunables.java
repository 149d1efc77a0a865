package dev.swtch.lwkt.usched;

/** Tunables of the older user scheduler, kern.usched_bsd4.*; {@code batch_time} has no effect and is left out. */
public final class Bsd4Tunables {
    /** {@code rrinterval}: schedclock ticks of a turn. */
    public int rrinterval = 5;

    /** {@code decay}: weight of the past in the estimate of CPU use. */
    public int decay = 8;

    /** {@code smt}: of free CPUs one is preferred whose core is free. */
    public boolean smt;

    /** {@code cache_coherent}: an LWP is left to the CPUs near its last one for a while. */
    public boolean cacheCoherent;

    /** {@code upri_affinity}: how many queues worse a running LWP must be for that not to hold. */
    public int upriAffinity = 16;

    /** {@code queue_checks}: LWPs looked at to find one that is near. */
    public int queueChecks = 5;

    /** {@code stick_to_level}: levels of the topology up from a CPU that count as near. */
    public int stickToLevel;

    /** Not the seed's: an LWP is taken only by a CPU it may run on. */
    public boolean pullChecksCpumask;

    /** Not the seed's: each realtime and idle priority has a queue of its own. */
    public boolean rtprioOwnQueues;

    /** The seed's: the priority of a new LWP begins at 0, so its first one counts as a change and asks to reschedule. */
    public boolean forkRequestsResched = true;

    /** Makes the defaults of a machine of unknown topology. */
    public Bsd4Tunables() {}
}
