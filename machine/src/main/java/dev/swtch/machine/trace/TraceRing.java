package dev.swtch.machine.trace;

/** Keeps the last events in preallocated columns, for the report of a violation. */
public final class TraceRing implements TraceSink {
    private static final TraceKind[] KINDS = TraceKind.values();

    private final byte[] kinds;
    private final long[] times;
    private final int[] cpus;
    private final long[] as;
    private final long[] bs;
    private long count;

    /** A ring for the last {@code capacity} events; a power of two. */
    public TraceRing(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity is a power of two: " + capacity);
        }
        kinds = new byte[capacity];
        times = new long[capacity];
        cpus = new int[capacity];
        as = new long[capacity];
        bs = new long[capacity];
    }

    @Override
    public void event(TraceKind kind, long timeNs, int cpu, long a, long b) {
        int at = (int) count++ & kinds.length - 1;
        kinds[at] = (byte) kind.ordinal();
        times[at] = timeNs;
        cpus[at] = cpu;
        as[at] = a;
        bs[at] = b;
    }

    /** Hands the kept events, oldest first, to another sink. */
    public void replay(TraceSink sink) {
        for (long i = Math.max(0, count - kinds.length); i < count; i++) {
            int at = (int) i & kinds.length - 1;
            sink.event(KINDS[kinds[at]], times[at], cpus[at], as[at], bs[at]);
        }
    }
}
