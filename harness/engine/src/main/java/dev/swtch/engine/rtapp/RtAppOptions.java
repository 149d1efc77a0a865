package dev.swtch.engine.rtapp;

/**
 * How to read an rt-app file.
 *
 * @param strict whether to read as json-c does (duplicate keys collapse, no bare "suspend") and to refuse unknown keys
 * @param suspendSelf whether "suspend" always waits under the task's own name, as current rt-app does, instead of under
 *     its value when that differs, as rt-app 1.0 did
 * @param approximateDeadline whether SCHED_DEADLINE, which no scheduler here has, becomes the realtime class instead of
 *     being refused
 * @param seed seed of the workload; rt-app files draw nothing at random
 * @param costs what memory and file accesses cost
 */
public record RtAppOptions(
        boolean strict, boolean suspendSelf, boolean approximateDeadline, long seed, AccessCosts costs) {
    /** The default reading. */
    public static RtAppOptions defaults() {
        return new RtAppOptions(false, false, false, 1, AccessCosts.defaults());
    }

    /** The same in the strict dialect. */
    public RtAppOptions withStrict() {
        return new RtAppOptions(true, suspendSelf, approximateDeadline, seed, costs);
    }

    /** The same with "suspend" under the task's own name. */
    public RtAppOptions withSuspendSelf() {
        return new RtAppOptions(strict, true, approximateDeadline, seed, costs);
    }

    /** The same with the realtime class in the place of SCHED_DEADLINE. */
    public RtAppOptions withApproximateDeadline() {
        return new RtAppOptions(strict, suspendSelf, true, seed, costs);
    }

    /**
     * What memory and file accesses cost; rt-app itself measures nothing here, so these are assumptions and are printed
     * in the report when they are used.
     *
     * @param memoryBytesPerUs bytes that "mem" and sequential "memrun" move in a microsecond
     * @param chaseHopNs nanoseconds for a dependent access of "memrun" chase
     * @param ioBytesPerUs bytes that "iorun" writes in a microsecond; 0 makes it free, as /dev/null nearly is
     */
    public record AccessCosts(long memoryBytesPerUs, long chaseHopNs, long ioBytesPerUs) {
        /** 10,000 bytes per microsecond, 100 ns per hop, writing for free. */
        public static AccessCosts defaults() {
            return new AccessCosts(10_000, 100, 0);
        }
    }
}
