package dev.swtch.report.fluid;

import dev.swtch.engine.workload.ThreadEntry;
import dev.swtch.engine.workload.Walker;
import dev.swtch.engine.workload.Workload;
import org.jspecify.annotations.Nullable;

/** A thread that shares the CPUs: what it has left of its work, or until when it sleeps. */
final class FluidThread {
    final ThreadEntry entry;
    final String path;
    final long key;
    final boolean forked;
    final Walker walker;

    /** When each label began, by register; in ns. */
    final double[] began;

    /** Left of the burst, in ns at full speed; negative while it does not work. */
    double leftNs = -1;

    /** When it goes on by itself, in ns; infinite while it works or after its end. */
    double wakesAtNs;

    double rate;
    double endNs = -1;
    double timerBaseNs = -1;

    FluidThread(
            Workload workload, ThreadEntry entry, String path, long key, @Nullable FluidThread parent, double atNs) {
        this.entry = entry;
        this.path = path;
        this.key = key;
        this.forked = parent != null;
        int registers = workload.programOf(entry).registers();
        began = new double[registers];
        walker = new Walker(workload);
        walker.begin(workload.programOf(entry), key, new long[registers], 0);
        wakesAtNs = atNs;
    }

    boolean works() {
        return leftNs >= 0;
    }

    boolean isGone() {
        return endNs >= 0;
    }

    /** Threads of a lower level get CPUs before those of a higher one. */
    int level() {
        return switch (entry.threadClass()) {
            case KERNEL, INTERRUPT -> 0;
            case REALTIME -> 1_000_001 - Math.min(1_000_000, entry.rank());
            case TIMESHARE -> 1_000_002;
            case IDLE, CPU_IDLE -> 1_000_003;
        };
    }

    /** Its part among threads of its level. */
    double weight() {
        return StrictMath.pow(1.25, -entry.nice());
    }
}
