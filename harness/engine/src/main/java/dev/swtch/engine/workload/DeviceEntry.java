package dev.swtch.engine.workload;

/**
 * A device: it interrupts a CPU when something arrives or when a request is done. Requests are taken in order of arrival
 * by the servers that are free. Handler times and arrival times are pure functions of the interrupt's number.
 */
public final class DeviceEntry {
    /** What {@link #nextArrivalNs} returns when nothing arrives any more. */
    public static final long NEVER = -1;

    private static final int HANDLER_STREAM = 0;
    private static final int ARRIVAL_STREAM = 1;

    private final DeviceSpec spec;
    private final Arrivals arrivals;
    private final long endNs;
    private final int line;
    private final int postedSemaphore;
    private final long handlerKey;
    private final long arrivalKey;
    private final long[] fixedTimesNs;

    DeviceEntry(DeviceSpec spec, int line, int postedSemaphore, long seed) {
        this.spec = spec;
        this.line = line;
        this.postedSemaphore = postedSemaphore;
        long key = Streams.key(seed, "device:" + spec.name());
        handlerKey = Streams.stepKey(key, HANDLER_STREAM);
        arrivalKey = Streams.stepKey(key, ARRIVAL_STREAM);
        arrivals = spec.arrivals() instanceof Arrivals.Until until ? until.arrivals() : spec.arrivals();
        endNs = spec.arrivals() instanceof Arrivals.Until until ? until.endNs() : Long.MAX_VALUE;
        fixedTimesNs = arrivals instanceof Arrivals.Fixed fixed
                ? fixed.timesNs().stream().mapToLong(Long::longValue).toArray()
                : new long[0];
    }

    /** Name, unique among devices. */
    public String name() {
        return spec.name();
    }

    /** Interrupt line; each device has its own. */
    public int line() {
        return line;
    }

    /** How many requests it serves at a time. */
    public int servers() {
        return spec.servers();
    }

    /** CPU the line is routed to. */
    public int cpu() {
        return spec.cpu();
    }

    /** Whether the handler runs in the interrupt itself (true) or in an interrupt thread. */
    public boolean fast() {
        return spec.fast();
    }

    /** The semaphore that the handler of an arrival posts once, or -1. */
    public int postedSemaphore() {
        return postedSemaphore;
    }

    /**
     * Kernel work of the handler, in ns at full speed.
     *
     * @param n number of the interrupt of this device, from 0, arrivals and completions counted together
     */
    public long handlerNs(long n) {
        return DistValue.of(spec.handler(), handlerKey, n);
    }

    /**
     * When something arrives, in ns.
     *
     * @param n number of the arrival, from 0
     * @param previousNs time of the arrival before it; ignored for the first
     * @return later than the one before, or {@link #NEVER}
     */
    public long nextArrivalNs(long n, long previousNs) {
        long nextNs = unendingNs(n, previousNs);
        return nextNs < endNs ? nextNs : NEVER;
    }

    private long unendingNs(long n, long previousNs) {
        if (arrivals instanceof Arrivals.Periodic periodic) {
            return periodic.phaseNs() + n * periodic.periodNs();
        }
        if (arrivals instanceof Arrivals.Poisson poisson) {
            long fromNs = n == 0 ? poisson.phaseNs() : previousNs;
            return fromNs + Math.max(1, Draws.exponential(Streams.draw(arrivalKey, n), poisson.meanGapNs()));
        }
        return n < fixedTimesNs.length ? fixedTimesNs[(int) n] : NEVER;
    }
}
