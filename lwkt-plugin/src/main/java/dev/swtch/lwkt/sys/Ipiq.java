package dev.swtch.lwkt.sys;

import org.jspecify.annotations.Nullable;

/** {@code struct lwkt_ipiq}: messages from one CPU to another, indexed by free-running counters. */
public final class Ipiq {
    /** Messages a queue can hold. */
    public static final int MAXCPUFIFO = 32;

    private static final int MAXCPUFIFO_MASK = MAXCPUFIFO - 1;

    /** Next message to take; advanced by the target before the call. */
    public int rindex;

    /** Next message to be done; advanced by the target after the call. */
    public int xindex;

    /** Next free message; advanced by the source. */
    public int windex;

    private final @Nullable IpiFunction<?>[] func = new IpiFunction<?>[MAXCPUFIFO];
    private final @Nullable Object[] arg1 = new Object[MAXCPUFIFO];
    private final int[] arg2 = new int[MAXCPUFIFO];
    private final long[] sentNs = new long[MAXCPUFIFO];

    /** Number of messages that were not taken yet. */
    public int pending() {
        return windex - rindex;
    }

    /** Writes the free message at {@link #windex} without advancing it. */
    public void store(IpiFunction<?> newFunc, Object newArg1, int newArg2, long nowNs) {
        int wi = windex & MAXCPUFIFO_MASK;
        func[wi] = newFunc;
        arg1[wi] = newArg1;
        arg2[wi] = newArg2;
        sentNs[wi] = nowNs;
    }

    /** The function of a message. */
    public IpiFunction<?> func(int index) {
        IpiFunction<?> stored = func[index & MAXCPUFIFO_MASK];
        if (stored == null) {
            throw new IllegalStateException("no message was ever stored at " + index);
        }
        return stored;
    }

    /** The first argument of a message. */
    public Object arg1(int index) {
        Object stored = arg1[index & MAXCPUFIFO_MASK];
        if (stored == null) {
            throw new IllegalStateException("no message was ever stored at " + index);
        }
        return stored;
    }

    /** The second argument of a message. */
    public int arg2(int index) {
        return arg2[index & MAXCPUFIFO_MASK];
    }

    /** When a message was written; no kernel knows, but it is what a wait is measured from. */
    public long sentNs(int index) {
        return sentNs[index & MAXCPUFIFO_MASK];
    }
}
