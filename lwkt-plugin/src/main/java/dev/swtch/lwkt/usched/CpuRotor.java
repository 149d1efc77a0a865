package dev.swtch.lwkt.usched;

import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.cost.Charge;
import java.util.function.IntUnaryOperator;

/**
 * CPUs in turn, {@code dfly_choose_queue_simple} (sys/kern/usched_dfly.c) and the search of {@code bsd4_setrunqueue}
 * (sys/kern/usched_bsd4.c): the next without a designated LWP, or with a worse one, or else the next in turn.
 */
final class CpuRotor {
    static final int NONE = -1;

    /** {@code dfly_curprocmask}: CPUs with a designated LWP. */
    final Cpumask curprocmask = new Cpumask();

    /** {@code dfly_rdyprocmask}: CPUs whose helper waits to be woken. */
    final Cpumask rdyprocmask = new Cpumask();

    /** {@code dfly_scancpu}: next CPU in turn. */
    int scancpu;

    private final Cpumask allCpus;
    private final IntUnaryOperator upri;
    private final int ncpus;

    /** CPUs left to look at: a local variable of each function, none of which loses the CPU. */
    private final Cpumask mask = new Cpumask();

    /**
     * Makes all CPUs ready.
     *
     * @param allCpus {@code usched_global_cpumask} and {@code smp_active_mask}
     * @param ncpus number of CPUs
     * @param upri the priority of a CPU's designated LWP
     */
    CpuRotor(Cpumask allCpus, int ncpus, IntUnaryOperator upri) {
        this.allCpus = allCpus;
        this.ncpus = ncpus;
        this.upri = upri;
        rdyprocmask.addRange(0, ncpus);
    }

    /** The CPU a search begins at: the next in turn. */
    int turn() {
        ++scancpu;
        return (scancpu & 0xffff) % ncpus;
    }

    /** The first ready CPU from {@code start} on without a designated LWP. */
    int free(Globaldata gd, Lwp lp, int start) {
        int limit = UserPriority.queue(lp.priority);
        lookAtFree(lp);
        for (int cpuid = next(start); cpuid >= 0; cpuid = nextBehind(cpuid)) {
            gd.cpu.charge(Charge.SCAN_ITEM);
            if (UserPriority.queue(upri.applyAsInt(cpuid)) >= limit) {
                return cpuid;
            }
        }
        return NONE;
    }

    /** The first ready CPU from {@code start} on whose designated LWP is worse. */
    int running(Globaldata gd, Lwp lp, int start) {
        int limit = UserPriority.queue(lp.priority);
        lookAtReady(lp);
        mask.retain(curprocmask);
        for (int cpuid = next(start); cpuid >= 0; cpuid = nextBehind(cpuid)) {
            gd.cpu.charge(Charge.SCAN_ITEM);
            if (UserPriority.queue(upri.applyAsInt(cpuid)) > limit) {
                return cpuid;
            }
        }
        return NONE;
    }

    /** The CPU a search ends at if none will do. */
    int fallback(int start) {
        return allCpus.has(start) ? start : 0;
    }

    // ---- turns of a search --------------------------------------------------------------------------------------

    /** Begins to look at the ready CPUs without a designated LWP. */
    void lookAtFree(Lwp lp) {
        lookAtReady(lp);
        mask.removeAll(curprocmask);
    }

    private void lookAtReady(Lwp lp) {
        mask.copyFrom(rdyprocmask);
        mask.retain(lp.cpumask);
        mask.retain(allCpus);
    }

    /** The first CPU from one on that is left to look at, or the first of all; -1 if none is left. */
    int next(int from) {
        int next = mask.next(from);
        return next >= 0 ? next : mask.lowest();
    }

    /** The next one when a CPU was looked at. */
    int nextBehind(int cpuid) {
        mask.remove(cpuid);
        return next(cpuid);
    }

    /** Whether any of the CPUs but one is left to look at. */
    boolean isLeft(Cpumask members, int except) {
        for (int cpuid = members.lowest(); cpuid >= 0; cpuid = members.next(cpuid + 1)) {
            if (cpuid != except && mask.has(cpuid)) {
                return true;
            }
        }
        return false;
    }
}
