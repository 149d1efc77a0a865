package dev.swtch.ule.kern;

/** Time in units of 2^-32 s, as the kernel keeps it: {@code sbintime_t}, sys/sys/time.h. */
final class Sbt {
    /** Sleeps may end up to 2^-4 of their length late: {@code tc_precexp} at the default deviation of 5 %. */
    static final int TC_PRECEXP = 4;

    private static final long SECOND_NS = 1_000_000_000;

    private Sbt() {}

    /** {@code nstosbt}: rounded down. */
    static long ofNs(long ns) {
        return (ns / SECOND_NS << 32) + (ns % SECOND_NS << 32) / SECOND_NS;
    }

    /** {@code sbttons}, rounded up, so that a timer armed for it does not fire early. */
    static long toNsUp(long sbt) {
        return (sbt >>> 32) * SECOND_NS + ((sbt & 0xffff_ffffL) * SECOND_NS + 0xffff_ffffL >>> 32);
    }
}
