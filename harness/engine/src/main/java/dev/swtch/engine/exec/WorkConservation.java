package dev.swtch.engine.exec;

import dev.swtch.engine.result.Idling;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.CpuState;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.thread.KThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Watches for CPUs that idle while a thread waits that is allowed on them.
 *
 * <p>Threads are counted by the set of CPUs they are allowed on, so that nothing grows with their number: for each set,
 * how many of its threads wait and how many of its CPUs idle. A CPU idles while its idle thread is loaded and no handler
 * of an interrupt works on it. Time comes from the CPUs' cursors, which paths of several CPUs do not pass in order: what
 * comes out of order counts from the latest instant seen, so that without costs every interval is exact, and with costs
 * to within the length of a path.
 */
public final class WorkConservation {
    private static final int[] NO_SETS = {};

    private final long thresholdNs;
    private final int all;

    /** For each CPU the sets that it belongs to. */
    private final int[][] setsOf;

    private final int[] waiting;
    private final int[] idling;

    /** For each set, since when one of its CPUs idles, and how long that was the case before. */
    private final long[] idleSince;

    private final long[] idledNs;
    private final boolean[] idles;

    /** Sets of which a thread waits and a CPU idles: while there are any, an interval goes on. */
    private int open;

    private long now;
    private long openSince;
    private long count;
    private long totalNs;
    private long longestNs;

    /** Nothing waits and nothing idles. */
    WorkConservation(List<CpuSet> affinities, int cpus, long thresholdNs) {
        this.thresholdNs = thresholdNs;
        all = affinities.size();
        int sets = all + 1 + cpus;
        waiting = new int[sets];
        idling = new int[sets];
        idleSince = new long[sets];
        idledNs = new long[sets];
        idles = new boolean[cpus];
        setsOf = new int[cpus][];
        Arrays.fill(setsOf, NO_SETS);
        for (int set = 0; set < all; set++) {
            CpuSet members = affinities.get(set);
            for (int cpu = members.first(); cpu >= 0; cpu = members.next(cpu + 1)) {
                join(cpu, set);
            }
        }
        for (int cpu = 0; cpu < cpus; cpu++) {
            join(cpu, all);
            join(cpu, setOfCpu(cpu));
        }
    }

    private void join(int cpu, int set) {
        int[] sets = Arrays.copyOf(setsOf[cpu], setsOf[cpu].length + 1);
        sets[sets.length - 1] = set;
        setsOf[cpu] = sets;
    }

    /** The set of a thread that is allowed on one of the workload's affinity sets, -1 for all CPUs. */
    int setOfAffinity(int affinitySet) {
        return affinitySet < 0 ? all : affinitySet;
    }

    /** The set of a thread that is bound to a CPU. */
    int setOfCpu(int cpu) {
        return all + 1 + cpu;
    }

    // ---- what happens -------------------------------------------------------------------------------------------

    /** A CPU has loaded a thread. */
    void loaded(Cpu cpu, KThread thread) {
        if (thread.isIdleThread() != idles[cpu.id()]) {
            idles(cpu, !idles[cpu.id()]);
        }
    }

    /** A path of a CPU is over: the idle thread may have work of a handler to do, or have done it. */
    void pathEnded(Cpu cpu) {
        boolean works = cpu.state() == CpuState.RUNNING;
        if (works == idles[cpu.id()] && cpu.current() instanceof KThread thread && thread.isIdleThread()) {
            idles(cpu, !works);
        }
    }

    private void idles(Cpu cpu, boolean idle) {
        advance(cpu.now());
        idles[cpu.id()] = idle;
        for (int set : setsOf[cpu.id()]) {
            boolean was = isOpen(set);
            if (idle && idling[set]++ == 0) {
                idleSince[set] = now;
            } else if (!idle && --idling[set] == 0) {
                idledNs[set] += now - idleSince[set];
            }
            count(was, isOpen(set));
        }
    }

    /** A task may have begun or ceased to wait for a CPU. */
    void changed(Task task, long nowNs) {
        if (task.waitsForCpu() == task.waitsIn >= 0) {
            return;
        }
        advance(nowNs);
        if (task.waitsIn < 0) {
            begin(task);
        } else {
            end(task);
        }
    }

    private void begin(Task task) {
        int set = task.allowedSet;
        boolean was = isOpen(set);
        task.waitsIn = set;
        task.idledBefore = idledNs(set);
        waiting[set]++;
        count(was, isOpen(set));
    }

    private void end(Task task) {
        int set = task.waitsIn;
        boolean was = isOpen(set);
        task.waitsIn = -1;
        task.idledNs += counted(idledNs(set) - task.idledBefore);
        waiting[set]--;
        count(was, isOpen(set));
    }

    private boolean isOpen(int set) {
        return waiting[set] > 0 && idling[set] > 0;
    }

    /** One set's being open changes; the first that opens begins an interval, the last that closes ends it. */
    private void count(boolean was, boolean is) {
        if (was == is) {
            return;
        }
        open += is ? 1 : -1;
        if (is && open == 1) {
            openSince = now;
        } else if (open == 0) {
            close();
        }
    }

    private void close() {
        long ns = counted(now - openSince);
        if (ns > 0) {
            count++;
            totalNs += ns;
            longestNs = Math.max(longestNs, ns);
        }
    }

    private long idledNs(int set) {
        return idledNs[set] + (idling[set] > 0 ? now - idleSince[set] : 0);
    }

    private long counted(long ns) {
        return ns >= Math.max(1, thresholdNs) ? ns : 0;
    }

    private void advance(long toNs) {
        now = Math.max(now, toNs);
    }

    /** Measuring begins only now. */
    void reset(List<Task> tasks, long nowNs) {
        advance(nowNs);
        openSince = now;
        count = 0;
        totalNs = 0;
        longestNs = 0;
        for (Task task : tasks) {
            task.idledNs = 0;
            if (task.waitsIn >= 0) {
                task.idledBefore = idledNs(task.waitsIn);
            }
        }
    }

    // ---- the result ---------------------------------------------------------------------------------------------

    /** Ends what goes on at the end of the run, and says what was seen; once. */
    Idling finish(List<Task> tasks, long endNs) {
        advance(endNs);
        List<Idling.Waiter> waiters = new ArrayList<>();
        for (Task task : tasks) {
            if (task.waitsIn >= 0) {
                end(task);
            }
            if (task.idledNs > 0) {
                waiters.add(new Idling.Waiter(task.path(), task.idledNs));
            }
        }
        waiters.sort(Comparator.comparingLong(Idling.Waiter::ns).reversed());
        return new Idling(
                thresholdNs,
                count,
                totalNs,
                longestNs,
                waiters.subList(0, Math.min(Idling.MOST_THREADS, waiters.size())));
    }
}
