package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SRQ_OURSELF;
import static dev.swtch.ule.kern.SwitchFlags.SRQ_PREEMPTED;
import static dev.swtch.ule.kern.SwitchFlags.SRQ_YIELDING;
import static dev.swtch.ule.kern.SwitchFlags.SW_PREEMPT;
import static dev.swtch.ule.kern.ThreadFlags.NOCPU;
import static dev.swtch.ule.kern.ThreadFlags.TDA_SCHED;
import static dev.swtch.ule.kern.ThreadFlags.TDF_PICKCPU;
import static dev.swtch.ule.kern.ThreadFlags.TDF_SLICEEND;
import static dev.swtch.ule.kern.ThreadFlags.TDS_CAN_RUN;
import static dev.swtch.ule.kern.ThreadFlags.TDS_RUNNING;
import static dev.swtch.ule.kern.ThreadFlags.TSF_BOUND;

import dev.swtch.machine.Context;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Landing;
import dev.swtch.machine.Next;
import dev.swtch.ule.topo.CpuGroupNode;
import org.jspecify.annotations.Nullable;

/** Switches threads: places the old one, chooses the new one: sys/kern/sched_ule.c. */
final class SchedSwitch {
    private final UleKernel k;
    private final Landing<UleThread> SCHED_SWITCH = new Landing<>("SCHED_SWITCH", this::schedSwitchReturn);

    SchedSwitch(UleKernel k) {
        this.k = k;
    }

    /** {@code sched_switch}, sys/kern/sched_ule.c. */
    Next schedSwitch(Cpu cpu, UleThread td, int flags) {
        k.locks.assertOwned(cpu, td);
        int cpuid = cpu.id();
        Tdq tdq = Pcpu.tdqSelf(cpu);
        k.pctcpu.schedPctcpuUpdate(td, true);
        boolean pickcpu = (td.flags & TDF_PICKCPU) != 0;
        td.rltick = pickcpu ? k.ticks - k.tune.affinity * CpuGroupNode.MAX_CACHE_LEVELS : k.ticks;
        td.lastcpu = td.oncpu;
        boolean preempted = (td.flags & TDF_SLICEEND) == 0 && (flags & SW_PREEMPT) != 0;
        td.flags &= ~(TDF_PICKCPU | TDF_SLICEEND);
        td.ast &= ~TDA_SCHED;
        td.owepreempt = false;
        tdq.owepreempt = false;
        if (!td.isIdletd()) {
            tdq.switchcnt++;
        }

        // The thread is in transit from here on, so that the queue's lock can be dropped early.
        Mtx mtx = k.locks.threadLockBlock(cpu, td);
        k.critical.spinlockEnter(cpu);
        if (td.isIdletd()) {
            assertTdqLock(cpu, tdq, mtx);
            td.setState(TDS_CAN_RUN);
        } else if (td.isRunning()) {
            assertTdqLock(cpu, tdq, mtx);
            int srqflag = preempted ? SRQ_OURSELF | SRQ_YIELDING | SRQ_PREEMPTED : SRQ_OURSELF | SRQ_YIELDING;
            if (td.canMigrate() && (!td.canSched(td.tsCpu) || pickcpu)) {
                td.tsCpu = k.pickcpu.schedPickcpu(cpu, td, 0);
            }
            if (td.tsCpu == cpuid) {
                tdq.tdqRunqAdd(cpu, td, srqflag);
            } else {
                mtx = schedSwitchMigrate(cpu, tdq, td, srqflag);
            }
        } else {
            // It goes to sleep, perhaps under another lock than the queue's.
            td.markBlocked(cpu);
            if (mtx != tdq.lock) {
                k.locks.mtxUnlockSpinHeld(cpu, mtx);
                k.locks.mtxLockSpin(cpu, tdq.lock);
            }
            tdq.tdqLoadRem(cpu, td);
            if (tdq.load == 0) {
                k.steal.tdqTrysteal(cpu, tdq);
            }
        }
        tdq.lock.assertOwned(cpu);
        UleThread newtd = choosethread(cpu);
        k.pctcpu.schedPctcpuUpdate(newtd, false);
        k.locks.mtxUnlockSpinHeld(cpu, tdq.lock);

        if (td != newtd) {
            td.oncpu = NOCPU;
            return k.cpuSwitch.cpuSwitch(cpu, td, newtd, mtx, SCHED_SWITCH);
        }
        td.lock = mtx;
        return Next.RETURN;
    }

    /** What {@code sched_switch} does when {@code cpu_switch} returns to the thread, perhaps on another CPU. */
    private Next schedSwitchReturn(Cpu cpu, @Nullable Context previous, UleThread td, int a, long b) {
        td.oncpu = cpu.id();
        assertSpinlockCount(cpu, td);
        return Next.RETURN;
    }

    private static void assertTdqLock(Cpu cpu, Tdq tdq, Mtx mtx) {
        if (mtx != tdq.lock) {
            throw cpu.violation("sched-switch-lock", "a running thread is protected by " + mtx + ", not by its queue");
        }
    }

    private static void assertSpinlockCount(Cpu cpu, UleThread td) {
        if (td.spinlockCount != 1) {
            throw cpu.violation(
                    "spinlock-count", td.name() + " goes on with spin lock count " + td.spinlockCount + ", not 1");
        }
    }

    /** Moves the running thread to another CPU's queue: {@code sched_switch_migrate}, sys/kern/sched_ule.c. */
    private Mtx schedSwitchMigrate(Cpu cpu, Tdq tdq, UleThread td, int flags) {
        if (!td.canMigrate() && (td.tsFlags & TSF_BOUND) == 0) {
            throw cpu.violation("pinned-migrates", td.name() + " is pinned and leaves its CPU");
        }
        Tdq tdn = k.tdq(td.tsCpu);
        tdq.tdqLoadRem(cpu, td);
        k.locks.mtxUnlockSpinHeld(cpu, tdq.lock);
        k.locks.mtxLockSpin(cpu, tdn.lock);
        int lowpri = k.sched.tdqAdd(cpu, tdn, td, flags);
        k.preempt.tdqNotify(cpu, tdn, lowpri);
        k.locks.mtxUnlockSpinHeld(cpu, tdn.lock);
        k.locks.mtxLockSpin(cpu, tdq.lock);
        return tdn.lock;
    }

    /** {@code choosethread}, sys/kern/kern_switch.c. */
    private UleThread choosethread(Cpu cpu) {
        UleThread td = schedChoose(cpu);
        td.setState(TDS_RUNNING);
        return td;
    }

    /** The thread to run next, off its list; the load stays: {@code sched_choose}, sys/kern/sched_ule.c. */
    private UleThread schedChoose(Cpu cpu) {
        Tdq tdq = Pcpu.tdqSelf(cpu);
        UleThread td = tdq.tdqChoose(cpu);
        tdq.line.write(cpu);
        if (td != null) {
            tdq.tdqRunqRem(cpu, td);
            tdq.lowpri = td.priority;
        } else {
            tdq.lowpri = Pri.PRI_MAX_IDLE;
            td = Pcpu.of(cpu).idlethread();
        }
        tdq.setCurthread(td);
        return td;
    }

    /** {@code sched_throw_grab}, sys/kern/sched_ule.c. */
    private UleThread schedThrowGrab(Cpu cpu, Tdq tdq) {
        UleThread newtd = choosethread(cpu);
        k.critical.spinlockEnter(cpu);
        k.locks.mtxUnlockSpinHeld(cpu, tdq.lock);
        assertSpinlockCount(cpu, Pcpu.curthread(cpu));
        return newtd;
    }

    /** The first switch of a CPU: {@code sched_ap_entry}, sys/kern/sched_ule.c. */
    Next schedApEntry(Cpu cpu) {
        Pcpu pc = Pcpu.of(cpu);
        k.locks.mtxLockSpin(cpu, pc.tdq.lock);
        // Corrects the nesting that a new thread begins with.
        k.critical.spinlockExitHeld(cpu);
        pc.switchtime = cpu.now();
        pc.switchticks = k.ticks;
        UleThread newtd = schedThrowGrab(cpu, pc.tdq);
        return k.cpuSwitch.cpuThrow(cpu, newtd);
    }

    /**
     * The last switch of a thread: {@code sched_throw}, sys/kern/sched_ule.c.
     *
     * <p>The thread's lock has to be handed over, so it leaves through {@code cpu_switch}, never to go on; older
     * kernels and the manual page let it leave through {@code cpu_throw}, which a tunable chooses.
     */
    Next schedThrow(Cpu cpu, UleThread td) {
        Tdq tdq = Pcpu.tdqSelf(cpu);
        k.locks.assertOwned(cpu, td);
        assertTdqLock(cpu, tdq, td.lock);
        tdq.tdqLoadRem(cpu, td);
        td.lastcpu = td.oncpu;
        td.oncpu = NOCPU;
        k.locks.threadLockBlock(cpu, td);
        UleThread newtd = schedThrowGrab(cpu, tdq);
        if (k.exitByThrow) {
            td.lock = tdq.lock;
            return k.cpuSwitch.cpuThrow(cpu, newtd);
        }
        return k.cpuSwitch.cpuSwitch(cpu, td, newtd, tdq.lock, Landing.NEVER);
    }

    /** Lets a new thread begin as if it returned from a switch: {@code sched_fork_exit}, sys/kern/sched_ule.c. */
    void schedForkExit(Cpu cpu, UleThread td) {
        assertSpinlockCount(cpu, td);
        Tdq tdq = Pcpu.tdqSelf(cpu);
        k.locks.mtxLockSpin(cpu, tdq.lock);
        k.critical.spinlockExitHeld(cpu);
        assertTdqLock(cpu, tdq, td.lock);
        td.oncpu = cpu.id();
    }
}
