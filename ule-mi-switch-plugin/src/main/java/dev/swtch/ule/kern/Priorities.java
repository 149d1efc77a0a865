package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.Pctcpu.umin;
import static dev.swtch.ule.kern.SwitchFlags.SRQ_BORROWING;
import static dev.swtch.ule.kern.ThreadFlags.TDA_SCHED;
import static dev.swtch.ule.kern.ThreadFlags.TDF_BORROWING;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Next;

/** A thread's priorities: active, base, user, lent: sys/kern/sched_ule.c. */
final class Priorities {
    private final UleKernel k;

    Priorities(UleKernel k) {
        this.k = k;
    }

    /** Changes the active priority and the thread's place: {@code sched_thread_priority}, sys/kern/sched_ule.c. */
    private void schedThreadPriority(Cpu cpu, UleThread td, int prio) {
        k.locks.assertOwned(cpu, td);
        if (td.priority == prio) {
            return;
        }
        if (td.onRunq() && prio < td.priority) {
            k.sched.schedRem(cpu, td);
            td.priority = prio;
            k.sched.schedAddHoldtd(cpu, td, SRQ_BORROWING);
            return;
        }
        if (td.isRunning()) {
            Tdq tdq = k.tdq(td.tsCpu);
            int oldpri = td.priority;
            td.priority = prio;
            if (prio < tdq.lowpri) {
                tdq.line.write(cpu);
                tdq.lowpri = prio;
            } else if (tdq.lowpri == oldpri) {
                tdq.tdqSetlowpri(cpu, td);
            }
            return;
        }
        td.priority = prio;
    }

    /** Lends a better priority: {@code sched_lend_prio}, sys/kern/sched_ule.c. */
    void schedLendPrio(Cpu cpu, UleThread td, int prio) {
        td.flags |= TDF_BORROWING;
        schedThreadPriority(cpu, td, prio);
    }

    /** Takes back what was lent, except what others still lend: {@code sched_unlend_prio}, sys/kern/sched_ule.c. */
    void schedUnlendPrio(Cpu cpu, UleThread td, int prio) {
        boolean timeshare = td.basePri >= Pri.PRI_MIN_TIMESHARE && td.basePri <= Pri.PRI_MAX_TIMESHARE;
        int basePri = timeshare ? td.userPri : td.basePri;
        if (prio >= basePri) {
            td.flags &= ~TDF_BORROWING;
            schedThreadPriority(cpu, td, basePri);
        } else {
            schedLendPrio(cpu, td, prio);
        }
    }

    /** Sets the priority; a borrowed better one stays: {@code sched_prio}, sys/kern/sched_ule.c. */
    void schedPrio(Cpu cpu, UleThread td, int prio) {
        td.basePri = prio;
        if ((td.flags & TDF_BORROWING) != 0 && td.priority < prio) {
            return;
        }
        int oldprio = td.priority;
        schedThreadPriority(cpu, td, prio);
        if (td.onLock() && oldprio != prio) {
            k.turnstiles.turnstileAdjust(cpu, td, oldprio);
        }
    }

    /** Sets an interrupt thread's own priority: {@code sched_ithread_prio}, sys/kern/sched_ule.c. */
    void schedIthreadPrio(Cpu cpu, UleThread td, int prio) {
        k.locks.assertOwned(cpu, td);
        td.baseIthreadPri = prio;
        schedPrio(cpu, td, prio);
    }

    /** Sets the priority used in user mode: {@code sched_user_prio}, sys/kern/sched_ule.c. */
    void schedUserPrio(UleThread td, int prio) {
        td.baseUserPri = prio;
        if (td.lendUserPri <= prio) {
            return;
        }
        td.userPri = prio;
    }

    /** Lends by a user-level lock: {@code sched_lend_user_prio}, sys/kern/sched_ule.c. */
    void schedLendUserPrio(Cpu cpu, UleThread td, int prio) {
        k.locks.assertOwned(cpu, td);
        td.lendUserPri = prio;
        td.userPri = umin(prio, td.baseUserPri);
        if (td.priority > td.userPri) {
            schedPrio(cpu, td, td.userPri);
        } else if (td.priority != td.userPri) {
            td.ast |= TDA_SCHED;
        }
    }

    /** The same if it would change anything: {@code sched_lend_user_prio_cond}, sys/kern/sched_ule.c. */
    Next schedLendUserPrioCond(Cpu cpu, UleThread td, int prio) {
        if (td.lendUserPri == prio && td.userPri == umin(prio, td.baseUserPri) && td.priority == td.userPri) {
            return Next.RETURN;
        }
        k.locks.threadLock(cpu, td);
        schedLendUserPrio(cpu, td, prio);
        return k.locks.threadUnlock(cpu, td);
    }

    /** Changes a process's nice value: {@code sched_nice}, sys/kern/sched_ule.c; the caller is in a critical section. */
    void schedNice(Cpu cpu, Proc p, int nice) {
        p.nice = nice;
        for (UleThread td = p.firstThread(); td != null; td = td.plist.next()) {
            k.locks.threadLock(cpu, td);
            k.interact.schedPriority(td);
            schedPrio(cpu, td, td.baseUserPri);
            k.locks.threadUnlockHeld(cpu, td);
        }
    }

    /** Changes the class: {@code sched_class}, sys/kern/sched_ule.c. */
    void schedClass(Cpu cpu, UleThread td, int priClass) {
        k.locks.assertOwned(cpu, td);
        td.priClass = priClass;
    }

    /** Gives up a priority of the kernel's on the way to user mode: {@code sched_userret}, sys/sys/sched.h. */
    Next schedUserret(Cpu cpu, UleThread td) {
        if ((td.flags & TDF_BORROWING) != 0) {
            throw cpu.violation("userret-borrowing", td.name() + " returns to user mode with a borrowed priority");
        }
        if (td.priority != td.userPri) {
            return schedUserretSlowpath(cpu, td);
        }
        return Next.RETURN;
    }

    /** {@code sched_userret_slowpath}, sys/kern/sched_ule.c. */
    Next schedUserretSlowpath(Cpu cpu, UleThread td) {
        k.locks.threadLock(cpu, td);
        td.priority = td.userPri;
        td.basePri = td.userPri;
        Pcpu.tdqSelf(cpu).tdqSetlowpri(cpu, td);
        return k.locks.threadUnlock(cpu, td);
    }

    /**
     * {@code rtp_to_pri}, sys/kern/kern_resource.c: a class and an offset in it become a user priority; outside
     * timeshare also the active one. What the thread lends to the owner of a user mutex changes with it.
     */
    Next rtpToPri(Cpu cpu, UleThread td, int priClass, int newpri) {
        k.locks.threadLock(cpu, td);
        int oldpri = td.userPri;
        setClassAndPri(cpu, td, priClass, newpri);
        if (td.piBlocked == null || oldpri == newpri) {
            return k.locks.threadUnlock(cpu, td);
        }
        k.critical.criticalEnter(cpu);
        k.locks.threadUnlockHeld(cpu, td);
        k.umtxPi.umtxPiAdjust(cpu, td);
        return k.critical.criticalExit(cpu);
    }

    /** The same for a new thread, which waits for nothing. */
    void rtpToPriNew(Cpu cpu, UleThread td, int priClass, int newpri) {
        k.locks.threadLock(cpu, td);
        setClassAndPri(cpu, td, priClass, newpri);
        k.locks.threadUnlockHeld(cpu, td);
    }

    private void setClassAndPri(Cpu cpu, UleThread td, int priClass, int newpri) {
        int oldclass = td.priClass;
        schedClass(cpu, td, priClass);
        int oldpri = td.userPri;
        schedUserPrio(td, newpri);
        boolean timeshare = oldclass == Pri.PRI_TIMESHARE && td.priClass == Pri.PRI_TIMESHARE;
        if (td.userPri != oldpri && !timeshare) {
            schedPrio(cpu, td, td.userPri);
        }
    }
}
