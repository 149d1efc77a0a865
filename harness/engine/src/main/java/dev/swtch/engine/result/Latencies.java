package dev.swtch.engine.result;

/**
 * How long threads of the workload waited.
 *
 * @param wakeToRun from the end of a wait to the first nanosecond of the thread's own work
 * @param wakeToCpu its first part: until the thread was first on a CPU
 * @param cpuToWork its second part: from there to its own work
 * @param readyWait each stretch runnable and not executing
 * @param runQueueNs time ready on a queue of the thread scheduler, all threads together
 * @param userQueueNs time ready on a queue of a user scheduler
 * @param lockNs time ready for a polled lock or token
 * @param preemptedNs time preempted in place
 */
public record Latencies(
        Quantiles wakeToRun,
        Quantiles wakeToCpu,
        Quantiles cpuToWork,
        Quantiles readyWait,
        long runQueueNs,
        long userQueueNs,
        long lockNs,
        long preemptedNs) {}
