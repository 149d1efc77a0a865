package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SWT_BIND;
import static dev.swtch.ule.kern.SwitchFlags.SWT_RELINQUISH;
import static dev.swtch.ule.kern.SwitchFlags.SW_VOL;
import static dev.swtch.ule.kern.ThreadFlags.TSF_BOUND;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;

/** A thread offers its CPU, or goes to another: sys/kern/kern_synch.c, sys/kern/sched_ule.c. */
final class Relinquish {
    private final UleKernel k;
    private final Frame<UleThread> BIND_RELOCK = new Frame<>("BIND_RELOCK", this::bindRelock);

    Relinquish(UleKernel k) {
        this.k = k;
    }

    /** {@code sched_relinquish}, sys/kern/sched_ule.c. */
    Next schedRelinquish(Cpu cpu) {
        k.locks.threadLock(cpu, Pcpu.curthread(cpu));
        return k.mi.miSwitch(cpu, SW_VOL | SWT_RELINQUISH);
    }

    /** {@code sys_yield}, sys/kern/kern_synch.c: behind every timeshare thread with a nearer slot. */
    Next sysYield(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.threadLock(cpu, td);
        if (Pri.priBase(td.priClass) == Pri.PRI_TIMESHARE) {
            k.prio.schedPrio(cpu, td, Pri.PRI_MAX_TIMESHARE);
        }
        return k.mi.miSwitch(cpu, SW_VOL | SWT_RELINQUISH);
    }

    /**
     * {@code kern_yield}, sys/kern/kern_synch.c.
     *
     * @param prio a priority, {@code PRI_USER}, or any other negative number to keep the one it has
     */
    Next kernYield(Cpu cpu, int prio) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.threadLock(cpu, td);
        int newprio = prio == Pri.PRI_USER ? td.userPri : prio;
        if (newprio >= 0) {
            k.prio.schedPrio(cpu, td, newprio);
        }
        return k.mi.miSwitch(cpu, SW_VOL | SWT_RELINQUISH);
    }

    /** Whether the thread has run long without offering its CPU: {@code should_yield}, sys/kern/kern_synch.c. */
    boolean shouldYield(Cpu cpu) {
        int since = k.ticks - Pcpu.curthread(cpu).swvoltick;
        return Integer.compareUnsigned(since, k.tune.hogticks) >= 0;
    }

    /** {@code maybe_yield}, sys/kern/kern_synch.c. */
    Next maybeYield(Cpu cpu) {
        if (shouldYield(cpu)) {
            return kernYield(cpu, Pri.PRI_USER);
        }
        return Next.RETURN;
    }

    /**
     * The running thread, locked, goes to a CPU and stays there: {@code sched_bind}, sys/kern/sched_ule.c.
     *
     * <p>Deviation: the thread is locked again only in a frame, so the caller pushes what it does with the lock.
     */
    Next schedBind(Cpu cpu, UleThread td, int target) {
        k.locks.assertOwned(cpu, td);
        if ((td.tsFlags & TSF_BOUND) != 0) {
            schedUnbind(cpu, td);
        }
        if (!td.canMigrate()) {
            throw cpu.violation("bind-pinned", td.name() + " is pinned and binds itself");
        }
        td.tsFlags |= TSF_BOUND;
        schedPin(td);
        if (cpu.id() == target) {
            return Next.RETURN;
        }
        td.tsCpu = target;
        cpu.push(BIND_RELOCK, td);
        return k.mi.miSwitch(cpu, SW_VOL | SWT_BIND);
    }

    private Next bindRelock(Cpu cpu, UleThread td, int a, long b) {
        k.locks.threadLock(cpu, td);
        return Next.RETURN;
    }

    /** {@code sched_unbind}, sys/kern/sched_ule.c. */
    void schedUnbind(Cpu cpu, UleThread td) {
        k.locks.assertOwned(cpu, td);
        if ((td.tsFlags & TSF_BOUND) == 0) {
            return;
        }
        td.tsFlags &= ~TSF_BOUND;
        schedUnpin(td);
    }

    /** {@code sched_pin}, sys/sys/sched.h. */
    void schedPin(UleThread td) {
        td.pinned++;
    }

    /** {@code sched_unpin}, sys/sys/sched.h. */
    void schedUnpin(UleThread td) {
        td.pinned--;
    }
}
