package dev.swtch.lwkt.usched;

import static dev.swtch.lwkt.sys.Lwp.LWP_MP_ULOAD;
import static dev.swtch.lwkt.usched.DflyQueues.PPQMASK;

import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/** Where LWPs go and where they are taken from, sys/kern/usched_dfly.c: greedy descents of the topology by load. */
final class DflyPlacement {
    private final UschedDfly dfly;
    private final DflyTunables tunables;

    /** {@code dfly_scancpu}: next CPU in turn. */
    int scancpu;

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
        long wakemask = wakecpu >= 0 ? 1L << wakecpu : 0;
        DflyPcpu rdd = dd;
        while (cpup != null) {
            if (cpup.children().size() == 1) {
                cpup = cpup.children().get(0);
                continue;
            }
            if (cpup.children().isEmpty()) {
                return dfly.pcpu(Long.numberOfTrailingZeros(cpup.members()));
            }
            CpuNode cpub = null;
            long lowestLoad = Long.MAX_VALUE;
            for (int n = 0; n < cpup.children().size(); ++n) {
                CpuNode cpun = cpup.children().get(n);
                long mask = cpun.members() & dfly.allCpus() & lp.cpumask;
                if (mask == 0) {
                    continue;
                }
                long load = load(gd, mask);
                rdd = dfly.pcpu(63 - Long.numberOfLeadingZeros(mask));
                if (lp.hasMp(LWP_MP_ULOAD) && cpun.intersects(dd.cpumask)) {
                    load -= lp.uload;
                    load -= tunables.weight3;
                }
                load /= Long.bitCount(mask);
                if (cpun.intersects(dd.cpumask)) {
                    load -= tunables.weight1;
                }
                if (cpun.intersects(wakemask)) {
                    boolean avoid = cpun.children().isEmpty() && tunables.has(DflyTunables.AVOID_WAKER);
                    load += avoid ? tunables.weight2 : -tunables.weight2;
                }
                if (cpub == null || lowestLoad > load || lowestLoad == load && cpun.intersects(dd.cpumask)) {
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
                long mask = cpun.members() & dfly.allCpus();
                long load = load(gd, mask) / Long.bitCount(mask);
                if (cpun.intersects(dd.cpumask)) {
                    load += tunables.weight1;
                }
                if (load > highestLoad) {
                    highestLoad = load;
                    cpub = cpun;
                }
            }
            cpup = cpub;
        }
        DflyPcpu rdd = dfly.pcpu(Long.numberOfTrailingZeros(cpup.members()));
        return rdd == dd ? null : rdd;
    }

    private long load(Globaldata gd, long mask) {
        long load = 0;
        for (long left = mask; left != 0; left &= left - 1) {
            DflyPcpu rdd = dfly.pcpu(Long.numberOfTrailingZeros(left));
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
        ++scancpu;
        int start = (scancpu & 0xffff) % dfly.ncpus();
        long ready = dfly.rdyprocmask & lp.cpumask & dfly.allCpus();
        int limit = lp.priority & ~PPQMASK;
        int cpuid = start;
        for (long mask = ready & ~dfly.curprocmask; mask != 0; mask &= ~(1L << cpuid)) {
            cpuid = nextCpu(mask, cpuid);
            gd.cpu.charge(Charge.SCAN_ITEM);
            if ((dfly.pcpu(cpuid).upri & ~PPQMASK) >= limit) {
                return dfly.pcpu(cpuid);
            }
        }
        for (long mask = ready & dfly.curprocmask; mask != 0; mask &= ~(1L << cpuid)) {
            cpuid = nextCpu(mask, cpuid);
            gd.cpu.charge(Charge.SCAN_ITEM);
            if ((dfly.pcpu(cpuid).upri & ~PPQMASK) > limit) {
                return dfly.pcpu(cpuid);
            }
        }
        return dfly.pcpu(start);
    }

    /** The first member from a CPU on, or the first of all. */
    private static int nextCpu(long mask, int from) {
        long tail = mask & -1L << from;
        return Long.numberOfTrailingZeros(tail != 0 ? tail : mask);
    }
}
