package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SRQ_OURSELF;
import static dev.swtch.ule.topo.CpuGroupNode.CG_SHARE_L2;
import static dev.swtch.ule.topo.CpuGroupNode.CG_SHARE_NONE;

import dev.swtch.machine.Cpu;
import dev.swtch.ule.topo.CpuGroupNode;
import org.jspecify.annotations.Nullable;

/** Chooses the CPU a runnable thread is queued on: sys/kern/sched_ule.c. */
final class Pickcpu {
    private final UleKernel k;

    Pickcpu(UleKernel k) {
        this.k = k;
    }

    /** {@code sched_pickcpu}, sys/kern/sched_ule.c. */
    int schedPickcpu(Cpu cpu, UleThread td, int flags) {
        int self = cpu.id();
        if (!k.smpStarted) {
            return self;
        }
        // A running thread is not migrated from sched_switch.
        if ((flags & SRQ_OURSELF) != 0 || !td.canMigrate()) {
            return td.tsCpu;
        }
        // An interrupt thread runs near its interrupt.
        if (td.priority <= Pri.PRI_MAX_ITHD && td.canSched(self) && Pcpu.curthread(cpu).intrNestingLevel != 0) {
            Tdq tdq = Pcpu.tdqSelf(cpu);
            if (tdq.lowpri >= Pri.PRI_MIN_IDLE) {
                k.stat(SchedStat.PICKCPU_IDLE_AFFINITY);
                return self;
            }
            td.tsCpu = self;
            return pickNear(cpu, td, tdq.cg, true);
        }
        Tdq tdq = k.tdq(td.tsCpu);
        tdq.line.read(cpu);
        // The last CPU, if its caches are warm and it and its siblings are idle.
        if (td.canSched(td.tsCpu)
                && tdq.lowpri >= Pri.PRI_MIN_IDLE
                && schedAffinity(td, CG_SHARE_L2)
                && siblingsIdle(cpu, tdq.cg)) {
            k.stat(SchedStat.PICKCPU_IDLE_AFFINITY);
            return td.tsCpu;
        }
        return pickNear(cpu, td, tdq.cg, false);
    }

    /** Whether a thread's affinity to a level of cache has not expired: {@code SCHED_AFFINITY}. */
    private boolean schedAffinity(UleThread td, int level) {
        return td.rltick > k.ticks - level * k.tune.affinity;
    }

    private boolean siblingsIdle(Cpu cpu, CpuGroupNode cg) {
        if (!cg.isThreadGroup()) {
            return true;
        }
        for (int i = 0; i < cg.count(); i++) {
            Tdq tdq = k.tdq(cg.cpu(i));
            tdq.line.read(cpu);
            if (tdq.lowpri < Pri.PRI_MIN_IDLE) {
                return false;
            }
        }
        return true;
    }

    /** {@code sched_pickcpu} from its label {@code llc} on. */
    private int pickNear(Cpu cpu, UleThread td, CpuGroupNode cg, boolean intr) {
        int self = cpu.id();
        CpuGroupNode ccg = lastLevelCache(td, cg, intr);
        int pri = td.priority;
        boolean r = td.isRunning();
        int target = -1;
        if (ccg != null && intr) {
            target = k.search.schedLowest(cpu, ccg, td.cpuset, pri, Integer.MAX_VALUE, td.tsCpu, r);
            if (target >= 0) {
                k.stat(SchedStat.PICKCPU_INTRBIND);
            }
        } else if (ccg != null) {
            int idleOnly = Math.max(pri, Pri.PRI_MAX_TIMESHARE);
            target = k.search.schedLowest(cpu, ccg, td.cpuset, idleOnly, Integer.MAX_VALUE, td.tsCpu, r);
            if (target >= 0) {
                k.stat(SchedStat.PICKCPU_AFFINITY);
            }
        }
        if (target < 0) {
            target = k.search.schedLowest(cpu, k.cpuTop, td.cpuset, pri, Integer.MAX_VALUE, td.tsCpu, r);
            if (target >= 0) {
                k.stat(SchedStat.PICKCPU_LOWEST);
            }
        }
        if (target < 0) {
            target = k.search.schedLowest(cpu, k.cpuTop, td.cpuset, -1, Integer.MAX_VALUE, td.tsCpu, r);
            if (target >= 0) {
                k.stat(SchedStat.PICKCPU_LOWEST);
            }
        }
        if (target < 0) {
            throw cpu.violation("pickcpu", "no CPU was found for " + td.name());
        }
        Tdq tdq = k.tdq(target);
        Tdq mine = Pcpu.tdqSelf(cpu);
        if (td.canSched(self) && mine.lowpri > pri && tdq.lowpri < Pri.PRI_MIN_IDLE && mine.load <= tdq.load + 1) {
            k.stat(SchedStat.PICKCPU_LOCAL);
            target = self;
        }
        if (target != td.tsCpu) {
            k.stat(SchedStat.PICKCPU_MIGRATION);
        }
        return target;
    }

    /** The largest group whose shared cache may still be warm; null for the whole machine or none. */
    private @Nullable CpuGroupNode lastLevelCache(UleThread td, CpuGroupNode leaf, boolean intr) {
        CpuGroupNode ccg = null;
        for (CpuGroupNode cg = leaf; cg != null; cg = cg.parent()) {
            if (cg.isThreadGroup() || cg.childCount() == 1 || cg.count() == 1) {
                continue;
            }
            if (cg.level() == CG_SHARE_NONE || !intr && !schedAffinity(td, cg.level())) {
                continue;
            }
            ccg = cg;
        }
        return ccg == k.cpuTop ? null : ccg;
    }
}
