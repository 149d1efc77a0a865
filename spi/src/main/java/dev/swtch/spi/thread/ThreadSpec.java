package dev.swtch.spi.thread;

import dev.swtch.machine.topology.CpuSet;
import org.jspecify.annotations.Nullable;

/**
 * What a thread is to be.
 *
 * @param number names it in traces; unique in a run
 * @param name stable path name, such as {@code web/3}
 * @param process the process it belongs to; null for threads of the kernel
 * @param threadClass its family
 * @param nice -20 (favoured) to 20; meaningful for timeshare threads
 * @param rank 0 to 31, higher is more urgent; meaningful for realtime and kernel threads
 * @param affinity CPUs it may run on; null for all
 */
public record ThreadSpec(
        int number,
        String name,
        @Nullable Process process,
        ThreadClass threadClass,
        int nice,
        int rank,
        @Nullable CpuSet affinity) {
    /** First of the numbers a plugin gives to threads of its own; lower ones belong to the workload. */
    public static final int FIRST_PLUGIN_NUMBER = 1 << 24;

    /** A thread of the kernel with no wishes, such as a CPU's idle thread. */
    public static ThreadSpec kernel(int number, String name, ThreadClass threadClass) {
        return new ThreadSpec(number, name, null, threadClass, 0, 0, null);
    }
}
