package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.cost.Charge;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.ule.topo.CpuGroupNode;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a tree of CPU groups for the least or most loaded CPU on the least or most loaded path: {@code
 * cpu_search_lowest} and {@code cpu_search_highest}, sys/kern/sched_ule.c. A mask of null stands for all CPUs.
 */
final class CpuSearch {
    /** A thread's weight in loads that are compared. */
    private static final int THREAD_WEIGHT = 256;

    /** What the preferred CPU is lighter by; also the range of the random part of a low load. */
    private static final int HALF_THREAD = 128;

    private final UleKernel k;

    // The search's arguments and the last group's result; one search runs at a time.
    private @Nullable CpuSet mask;
    private int prefer;
    private boolean running;
    private int pri;
    private int limit;
    private int trans;
    private int foundCpu;
    private int foundLoad;

    CpuSearch(UleKernel k) {
        this.k = k;
    }

    /**
     * The least loaded CPU: {@code sched_lowest}, sys/kern/sched_ule.c.
     *
     * @param cg where to look
     * @param allowed CPUs that may be chosen
     * @param minPri only CPUs whose best priority is worse; -1 for any
     * @param maxload only CPUs with at most this load
     * @param preferred CPU that is preferred among equals
     * @param runs whether the thread is running on that CPU now
     * @return -1 if there is none
     */
    int schedLowest(
            Cpu cpu, CpuGroupNode cg, @Nullable CpuSet allowed, int minPri, int maxload, int preferred, boolean runs) {
        mask = allowed;
        pri = minPri;
        limit = maxload;
        prefer = preferred;
        running = runs;
        cpuSearchLowest(cpu, cg);
        return foundCpu;
    }

    /**
     * The most loaded CPU: {@code sched_highest}, sys/kern/sched_ule.c.
     *
     * @param cg where to look
     * @param allowed CPUs that may be chosen
     * @param minload only CPUs with at least this load
     * @param mintrans only CPUs with at least this many threads that may move
     * @return -1 if there is none
     */
    int schedHighest(Cpu cpu, CpuGroupNode cg, @Nullable CpuSet allowed, int minload, int mintrans) {
        mask = allowed;
        limit = minload;
        trans = mintrans;
        cpuSearchHighest(cpu, cg);
        return foundCpu;
    }

    private boolean isAllowed(int c) {
        CpuSet set = mask;
        return set == null || set.contains(c);
    }

    /** Returns the group's load; leaves the best CPU in {@code foundCpu}, its load in {@code foundLoad}. */
    private int cpuSearchLowest(Cpu cpu, CpuGroupNode cg) {
        if (cg.childCount() == 0) {
            return lowestOfLeaf(cpu, cg);
        }
        int total = 0;
        int bload = Integer.MAX_VALUE;
        int bestCpu = -1;
        int bestLoad = 0;
        for (int c = cg.childCount() - 1; c >= 0; c--) {
            CpuGroupNode child = cg.child(c);
            int load = child.childCount() == 0 ? lowestOfLeaf(cpu, child) : cpuSearchLowest(cpu, child);
            total += load;
            // While balancing, siblings with more than one thread take turns with others of the same load.
            if (running && child.isThreadGroup() && load >= HALF_THREAD && (load & HALF_THREAD) != 0) {
                load += HALF_THREAD;
            }
            if (foundCpu >= 0 && (load < bload || load == bload && foundLoad < bestLoad)) {
                bload = load;
                bestCpu = foundCpu;
                bestLoad = foundLoad;
            }
        }
        foundCpu = bestCpu;
        foundLoad = bestLoad;
        return total;
    }

    private int lowestOfLeaf(Cpu cpu, CpuGroupNode cg) {
        int total = 0;
        int bload = Integer.MAX_VALUE;
        foundCpu = -1;
        cpu.charge(Charge.SCAN_ITEM, cg.count());
        for (int i = cg.count() - 1; i >= 0; i--) {
            int c = cg.cpu(i);
            Tdq tdq = k.tdq(c);
            tdq.line.read(cpu);
            int l = tdq.load;
            int p = 0;
            if (c == prefer) {
                if (running) {
                    l--;
                }
                p = HALF_THREAD;
            }
            int load = l * THREAD_WEIGHT;
            total += load - p;
            // The best priority where the thread itself runs may be its own.
            if (l > limit || tdq.lowpri <= pri && (!running || c != prefer) || !isAllowed(c)) {
                continue;
            }
            if (running && l > 0) {
                p = 0;
            }
            load -= k.schedRandom(cpu) % HALF_THREAD;
            if (bload > load - p) {
                bload = load - p;
                foundCpu = c;
                foundLoad = load;
            }
        }
        return total;
    }

    private int cpuSearchHighest(Cpu cpu, CpuGroupNode cg) {
        if (cg.childCount() == 0) {
            return highestOfLeaf(cpu, cg);
        }
        int total = 0;
        int bload = Integer.MIN_VALUE;
        int bestCpu = -1;
        int bestLoad = 0;
        for (int c = cg.childCount() - 1; c >= 0; c--) {
            CpuGroupNode child = cg.child(c);
            int load = child.childCount() == 0 ? highestOfLeaf(cpu, child) : cpuSearchHighest(cpu, child);
            total += load;
            if (foundCpu >= 0 && (load > bload || load == bload && foundLoad > bestLoad)) {
                bload = load;
                bestCpu = foundCpu;
                bestLoad = foundLoad;
            }
        }
        foundCpu = bestCpu;
        foundLoad = bestLoad;
        return total;
    }

    private int highestOfLeaf(Cpu cpu, CpuGroupNode cg) {
        int total = 0;
        int bload = Integer.MIN_VALUE;
        foundCpu = -1;
        cpu.charge(Charge.SCAN_ITEM, cg.count());
        for (int i = cg.count() - 1; i >= 0; i--) {
            int c = cg.cpu(i);
            Tdq tdq = k.tdq(c);
            tdq.line.read(cpu);
            int load = tdq.load * THREAD_WEIGHT;
            total += load;
            if (tdq.load < limit || tdq.transferable < trans || !isAllowed(c)) {
                continue;
            }
            load -= k.schedRandom(cpu) % THREAD_WEIGHT;
            if (load > bload) {
                bload = load;
                foundCpu = c;
            }
        }
        foundLoad = bload;
        return total;
    }
}
