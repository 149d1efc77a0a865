package dev.swtch.engine.result;

/**
 * Where the time of all CPUs together went, in ns; the parts sum to the number of CPUs times the elapsed time.
 *
 * @param offNs before a CPU started
 * @param userNs user work
 * @param kernelWorkNs kernel-mode work the workload asked for
 * @param coldNs work lost to cold caches
 * @param kernelNs kernel paths
 * @param spinNs looking for something another CPU has to do
 * @param idleNs nothing to do
 */
public record CpuTimes(
        long offNs, long userNs, long kernelWorkNs, long coldNs, long kernelNs, long spinNs, long idleNs) {
    /** Time of all CPUs together since they started, ns. */
    public long onNs() {
        return userNs + kernelWorkNs + coldNs + kernelNs + spinNs + idleNs;
    }
}
