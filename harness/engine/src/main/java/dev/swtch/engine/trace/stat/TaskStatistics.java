package dev.swtch.engine.trace.stat;

/**
 * What one task of a trace did. Times are ns.
 *
 * @param tid its id; -1 for the tasks that were gone when perf looked up who left the CPU
 * @param pid its process, or -1 if the trace does not say
 * @param comm its last name
 * @param runs how often it left a CPU; a run whose begin was not recorded counts as one of 0 ns
 * @param runNs time on CPUs between a switch to it and the next switch
 * @param leastNs shortest run
 * @param mostNs longest run
 * @param spreadBasisPoints standard error of the mean of the runs, in hundredths of a percent of that mean
 * @param migrations how often it was moved to another CPU
 * @param delays how often it came on a CPU after it was seen to become runnable
 * @param delayNs time it was runnable before it came on a CPU, from all these times
 * @param mostDelayNs longest of these
 */
public record TaskStatistics(
        int tid,
        int pid,
        String comm,
        long runs,
        long runNs,
        long leastNs,
        long mostNs,
        long spreadBasisPoints,
        long migrations,
        long delays,
        long delayNs,
        long mostDelayNs) {

    /** Mean run, rounded down. */
    public long meanNs() {
        return runs == 0 ? 0 : runNs / runs;
    }

    /** Mean delay, rounded down. */
    public long meanDelayNs() {
        return delays == 0 ? 0 : delayNs / delays;
    }
}
