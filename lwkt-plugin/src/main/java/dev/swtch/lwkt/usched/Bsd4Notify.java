package dev.swtch.lwkt.usched;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.IpiFunction;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.Charge;
import org.jspecify.annotations.Nullable;

/** Telling CPUs to look at the user run queues, sys/kern/usched_bsd4.c. */
final class Bsd4Notify {
    private final LwktKernel k;
    private final UschedBsd4 bsd4;
    private final IpiFunction<Bsd4Pcpu> needUserReschedRemote =
            new IpiFunction<>("resched", (gd, dd, arg2, frame) -> needUserReschedRemote(gd, dd));
    private final Frame<Object> kickSent = new Frame<>("BSD4_KICK", this::kickSent);

    /** For each CPU, those it has kicked, in order; complements where the helper is to be woken. */
    private final int[][] kicked;

    private final int[] kickedCount;

    /** {@code usched_bsd4_kicks}. */
    long kicks;

    Bsd4Notify(LwktKernel k, UschedBsd4 bsd4) {
        this.k = k;
        this.bsd4 = bsd4;
        kicked = new int[k.ncpus()][k.ncpus()];
        kickedCount = new int[k.ncpus()];
    }

    /** {@code need_user_resched_remote}, sys/kern/usched_bsd4.c. */
    private Next needUserReschedRemote(Globaldata gd, Bsd4Pcpu dd) {
        gd.needUserResched();
        return k.synch.wakeupMycpu(gd, dd.helperThread.ident);
    }

    /** The CPU is not ready to be told again until its helper has looked. */
    void unready(Globaldata gd, Bsd4Pcpu dd) {
        gd.cpu.charge(Charge.ATOMIC);
        bsd4.rdyprocmask.remove(dd.cpuid);
    }

    /** Tells a CPU that is not ready any more: to reschedule, or if its designated LWP is no worse, only to look. */
    Next send(Globaldata gd, Bsd4Pcpu dd, boolean resched) {
        return resched
                ? k.ipiq.lwktSendIpiq(gd, dd.gd, needUserReschedRemote, dd)
                : k.synch.wakeup(gd, dd.helperThread.ident);
    }

    /** The helper could do nothing for its own CPU: the lowest ready one without a designated LWP is to look. Unlocks. */
    Next chain(Globaldata gd) {
        int cpu = bsd4.rdyprocmask.lowest();
        while (cpu >= 0 && (bsd4.curprocmask.has(cpu) || !bsd4.allCpus().has(cpu))) {
            cpu = bsd4.rdyprocmask.next(cpu + 1);
        }
        if (cpu < 0) {
            bsd4.spin.unlock(gd);
            return Next.RETURN;
        }
        Bsd4Pcpu dd = bsd4.pcpu(cpu);
        unready(gd, dd);
        bsd4.spin.unlock(gd);
        return send(gd, dd, false);
    }

    // ---- kicks --------------------------------------------------------------------------------------------------

    /**
     * {@code kick_helper}, sys/kern/usched_bsd4.c: the CPU an LWP ran on last is to look, for the LWP is left to it.
     *
     * <p>Deviation: the messages leave in {@link #sendKicks}, after the lock was released, where sending may wait. Nobody
     * can tell: whoever is told takes that lock first.
     */
    void kick(Globaldata gd, @Nullable Lwp lp) {
        if (lp == null) {
            return;
        }
        Bsd4Pcpu dd = bsd4.pcpu(lp.thread().gd.cpuid);
        if (!bsd4.rdyprocmask.has(dd.cpuid) || !bsd4.allCpus().has(dd.cpuid)) {
            return;
        }
        ++kicks;
        unready(gd, dd);
        boolean resched = UserPriority.queue(dd.upri) > UserPriority.queue(lp.priority);
        kicked[gd.cpuid][kickedCount[gd.cpuid]++] = resched ? dd.cpuid : ~dd.cpuid;
    }

    /** Sends what this CPU's kicks ask for. */
    Next sendKicks(Globaldata gd) {
        return kickedCount[gd.cpuid] == 0 ? Next.RETURN : sendKicks(gd, 0);
    }

    private Next sendKicks(Globaldata gd, int from) {
        if (from == kickedCount[gd.cpuid]) {
            kickedCount[gd.cpuid] = 0;
            return Next.RETURN;
        }
        gd.cpu.push(kickSent, from + 1, 0);
        int target = kicked[gd.cpuid][from];
        return target >= 0 ? send(gd, bsd4.pcpu(target), true) : send(gd, bsd4.pcpu(~target), false);
    }

    private Next kickSent(Cpu cpu, Object ref, int from, long b) {
        return sendKicks(Globaldata.of(cpu), from);
    }
}
