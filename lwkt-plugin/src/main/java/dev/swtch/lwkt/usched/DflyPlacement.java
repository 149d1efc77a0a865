package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ULOAD;

import dev.swtch.lwkt.sys.Cpumask;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/** Where LWPs go and where they are taken from, sys/kern/usched_dfly.c: greedy descents of the topology by load. */
final class DflyPlacement {
    private final UschedDfly dfly;
    private final DflyTunables tunables;

    /** CPUs looked at: a local variable of each function, none of which loses the CPU. */
    private final Cpumask mask = new Cpumask();

    DflyPlacement(UschedDfly dfly, DflyTunables tunables) {
        this.dfly = dfly;
        this.tunables = tunables;
    }

    /**
     * {@code dfly_choose_best_queue}, sys/kern/usched_dfly.c: the CPU with the least load, favouring the LWP's own and the
     * waker's.
     *
     * <p>If the LWP may run in no child of a node, the answer is the CPU whose load was looked at last, at first its own:
     * the kernel's variable still holds it.
     */
    DflyPcpu chooseBestQueue(Globaldata gd, Lwp lp) {
        DflyPcpu dd = dfly.pcpu(lp.qcpu);
        CpuNode cpup = dfly.root;
        if (cpup == null || dd.cpunode == null) {
            return chooseQueueSimple(gd, lp);
        }
        int wakecpu = lp.thread().wakefromcpu;
        DflyPcpu rdd = dd;
        while (cpup != null) {
            if (cpup.children().size() == 1) {
                cpup = cpup.children().get(0);
                continue;
            }
            if (cpup.children().isEmpty()) {
                return dfly.pcpu(cpup.members().lowest());
            }
            CpuNode cpub = null;
            long lowestLoad = Long.MAX_VALUE;
            for (int n = 0; n < cpup.children().size(); ++n) {
                CpuNode cpun = cpup.children().get(n);
                mask.copyFrom(cpun.members());
                mask.retain(dfly.allCpus());
                mask.retain(lp.cpumask);
                if (mask.isEmpty()) {
                    continue;
                }
                long load = load(gd);
                rdd = dfly.pcpu(mask.highest());
                if (lp.hasMp(LWP_MP_ULOAD) && cpun.has(dd.cpuid)) {
                    load -= lp.uload;
                    load -= tunables.weight3;
                }
                load /= mask.count();
                if (cpun.has(dd.cpuid)) {
                    load -= tunables.weight1;
                }
                if (cpun.has(wakecpu)) {
                    boolean avoid = cpun.children().isEmpty() && tunables.has(DflyTunables.AVOID_WAKER);
                    load += avoid ? tunables.weight2 : -tunables.weight2;
                }
                if (cpub == null || lowestLoad > load || lowestLoad == load && cpun.has(dd.cpuid)) {
                    lowestLoad = load;
                    cpub = cpun;
                }
            }
            cpup = cpub;
        }
        return rdd;
    }

    /** {@code dfly_choose_worst_queue}, sys/kern/usched_dfly.c: the CPU with the most load; null if that is this one. */
    @Nullable
    DflyPcpu chooseWorstQueue(Globaldata gd, DflyPcpu dd) {
        CpuNode cpup = dfly.root;
        if (cpup == null || dd.cpunode == null) {
            return null;
        }
        while (!cpup.children().isEmpty()) {
            if (cpup.children().size() == 1) {
                cpup = cpup.children().get(0);
                continue;
            }
            CpuNode cpub = cpup.children().get(0);
            long highestLoad = Long.MIN_VALUE;
            for (int n = 0; n < cpup.children().size(); ++n) {
                CpuNode cpun = cpup.children().get(n);
                mask.copyFrom(cpun.members());
                mask.retain(dfly.allCpus());
                if (mask.isEmpty()) {
                    continue;
                }
                long load = load(gd) / mask.count();
                if (cpun.has(dd.cpuid)) {
                    load += tunables.weight1;
                }
                if (load > highestLoad) {
                    highestLoad = load;
                    cpub = cpun;
                }
            }
            cpup = cpub;
        }
        DflyPcpu rdd = dfly.pcpu(cpup.members().lowest());
        return rdd == dd ? null : rdd;
    }

    /** The load of the CPUs in {@link #mask}. */
    private long load(Globaldata gd) {
        long load = 0;
        for (int cpuid = mask.lowest(); cpuid >= 0; cpuid = mask.next(cpuid + 1)) {
            DflyPcpu rdd = dfly.pcpu(cpuid);
            gd.cpu.charge(Charge.SCAN_ITEM);
            load += rdd.uload;
            load += (long) rdd.ucount * tunables.weight3;
            if (rdd.isIdle()) {
                load -= tunables.weight4;
            }
        }
        return load;
    }

    /**
     * {@code dfly_choose_queue_simple}, sys/kern/usched_dfly.c: the next CPU in turn without a designated LWP, or with a
     * worse one, or else the next in turn.
     */
    DflyPcpu chooseQueueSimple(Globaldata gd, Lwp lp) {
        CpuRotor rotor = dfly.rotor;
        int start = rotor.turn();
        int cpuid = rotor.free(gd, lp, start);
        if (cpuid == CpuRotor.NONE) {
            cpuid = rotor.running(gd, lp, start);
        }
        return dfly.pcpu(cpuid == CpuRotor.NONE ? rotor.fallback(start) : cpuid);
    }
}
