package dev.swtch.engine.result;

import dev.swtch.spi.thread.ThreadClass;

/**
 * What one thread of the workload did: steps, begin and end in the whole run, all else since measuring began.
 *
 * @param path its stable path name
 * @param threadClass its class in the workload
 * @param userNs user work done, in ns at full speed
 * @param kernelNs kernel-mode work done
 * @param steps steps executed
 * @param stepHash running hash over the steps and their drawn values: equal numbers of steps mean equal hashes
 * @param switches times it was switched out
 * @param migrations first work on another CPU than the last
 * @param readyNs time runnable and not executing
 * @param wakeToRun from the end of a wait to its own work
 * @param ended whether it left
 * @param waitsFor what it waits for at the end; empty if it does not wait
 * @param releasedNs when it was released, ns after the start of the run, or -1
 * @param firstRunNs when it was first on a CPU after that, ns after the start of the run, or -1
 * @param endNs when it left, ns after the start of the run, or -1
 */
public record ThreadResult(
        String path,
        ThreadClass threadClass,
        long userNs,
        long kernelNs,
        long steps,
        long stepHash,
        long switches,
        long migrations,
        long readyNs,
        Quantiles wakeToRun,
        boolean ended,
        String waitsFor,
        long releasedNs,
        long firstRunNs,
        long endNs) {

    /** A thread of which it is not known when it began and ended. */
    public ThreadResult(
            String path,
            ThreadClass threadClass,
            long userNs,
            long kernelNs,
            long steps,
            long stepHash,
            long switches,
            long migrations,
            long readyNs,
            Quantiles wakeToRun,
            boolean ended,
            String waitsFor) {
        this(
                path,
                threadClass,
                userNs,
                kernelNs,
                steps,
                stepHash,
                switches,
                migrations,
                readyNs,
                wakeToRun,
                ended,
                waitsFor,
                -1,
                -1,
                -1);
    }

    /** Work it did in either mode, in ns at full speed. */
    public long workNs() {
        return userNs + kernelNs;
    }
}
