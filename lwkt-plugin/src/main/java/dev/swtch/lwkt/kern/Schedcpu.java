package dev.swtch.lwkt.kern;

import dev.swtch.lwkt.sys.Callout;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/** {@code schedcpu}, sys/kern/kern_synch.c: once a second, for all processes in the order of their creation. */
public final class Schedcpu {
    /** {@code kern.pctcpu_decay}. */
    public int pctcpuDecay = 10;

    private final LwktKernel k;
    private final Callout schedcpuCallout = new Callout((gd, self) -> timeout(gd), null);
    private final Frame<Object> rearm = new Frame<>("SCHEDCPU_REARM", (cpu, ref, a, b) -> rearm(Globaldata.of(cpu)));
    private final Frame<Proc> lwpDone = new Frame<>("SCHEDCPU_LWP", this::lwpDone);
    private final Frame<Object> statsNext = new Frame<>("SCHEDCPU_STATS", this::statsNext);
    private final Frame<Object> resourceNext = new Frame<>("SCHEDCPU_RESOURCE", this::resourceNext);

    Schedcpu(LwktKernel k) {
        this.k = k;
    }

    /** {@code sched_setup}, sys/kern/kern_synch.c: the first time, on the first CPU; the load average is not kept. */
    public Next schedSetup(Globaldata gd) {
        return timeout(gd);
    }

    /** {@code schedcpu}, sys/kern/kern_synch.c, as the callout calls it: a second after the end of the last time. */
    private Next timeout(Globaldata gd) {
        gd.cpu.push(rearm);
        return schedcpu(gd);
    }

    private Next rearm(Globaldata gd) {
        gd.critEnter();
        k.timeout.calloutReset(gd, schedcpuCallout, KernClock.HZ);
        return k.splz.critExit(gd);
    }

    /** {@code schedcpu}, sys/kern/kern_synch.c, without its callout and {@code lbolt}. */
    public Next schedcpu(Globaldata gd) {
        return statsNext(gd.cpu, gd, 0, 0);
    }

    /** {@code schedcpu_stats}, sys/kern/kern_synch.c: goes on behind a process by its number. */
    private Next statsNext(Cpu cpu, Object ref, int a, long after) {
        Globaldata gd = Globaldata.of(cpu);
        Proc p = k.proc.next(after);
        if (p == null) {
            return resourceNext(cpu, gd, 0, 0);
        }
        if (cpu.pathIsLong()) {
            cpu.push(statsNext, 0, after);
            return cpu.park();
        }
        return p.stat == Proc.Stat.IDL ? statsNext(cpu, gd, 0, p.sequence) : stats(gd, p, Proc.NO_TID);
    }

    private Next stats(Globaldata gd, Proc p, long afterTid) {
        for (Lwp lp = p.lwps.next(afterTid); lp != null; lp = p.lwps.next(lp.tid)) {
            gd.cpu.charge(Charge.SCAN_ITEM);
            if (lp.stat == Lwp.Stat.SLEEP) {
                ++lp.slptime;
                if (lp.slptime == 1) {
                    p.usched.uloadUpdate(gd, lp);
                }
            }
            if (lp.slptime <= 1) {
                gd.cpu.push(lwpDone, p, 0, lp.tid);
                return p.usched.recalculate(gd, lp);
            }
            int decay = Math.min(Math.max(pctcpuDecay, 1), 100);
            lp.pctcpu = Integer.divideUnsigned(lp.pctcpu * (decay - 1), decay);
        }
        gd.cpu.push(statsNext, 0, p.sequence);
        return k.yields.lwktYield(gd);
    }

    private Next lwpDone(Cpu cpu, Proc p, int a, long afterTid) {
        if (cpu.pathIsLong()) {
            cpu.push(lwpDone, p, 0, afterTid);
            return cpu.park();
        }
        return stats(Globaldata.of(cpu), p, afterTid);
    }

    /** {@code schedcpu_resource}, sys/kern/kern_synch.c: there are no limits, it only yields. */
    private Next resourceNext(Cpu cpu, @Nullable Object ref, int a, long after) {
        Proc p = k.proc.next(after);
        if (p == null) {
            return Next.RETURN;
        }
        if (cpu.pathIsLong()) {
            cpu.push(resourceNext, 0, after);
            return cpu.park();
        }
        cpu.charge(Charge.SCAN_ITEM);
        cpu.push(resourceNext, 0, p.sequence);
        return k.yields.lwktYield(Globaldata.of(cpu));
    }
}
