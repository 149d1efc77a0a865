package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SRQ_BORING;
import static dev.swtch.ule.kern.ThreadFlags.NOCPU;
import static dev.swtch.ule.kern.ThreadFlags.TDF_IDLETD;
import static dev.swtch.ule.kern.ThreadFlags.TDF_NOLOAD;
import static dev.swtch.ule.kern.ThreadFlags.TDI_IWAIT;
import static dev.swtch.ule.kern.ThreadFlags.TDS_CAN_RUN;
import static dev.swtch.ule.kern.ThreadFlags.TDS_INACTIVE;

import dev.swtch.machine.Context;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Landing;
import dev.swtch.machine.Next;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadSpec;
import org.jspecify.annotations.Nullable;

/** Threads begin and end: sys/kern/kern_fork.c, kern_thread.c, kern_kthread.c, sched_ule.c. */
final class Threads {
    private final UleKernel k;
    private final Landing<UleThread> FORK_EXIT = new Landing<>("FORK_EXIT", this::forkExit);
    private final Frame<UleThread> FORK_CALLOUT = new Frame<>("FORK_CALLOUT", this::forkCallout);

    Threads(UleKernel k) {
        this.k = k;
    }

    // ---- creation -----------------------------------------------------------------------------------------------

    /**
     * A thread that is a copy of another where {@code td_startcopy} says so, linked to its process, ready for {@code
     * fork_exit}: {@code thread_alloc}, {@code cpu_fork}, {@code thread_link}.
     */
    private UleThread copyOf(
            UleThread td, ThreadSpec spec, @Nullable ThreadBody body, Proc proc, Frame<UleThread> callout) {
        UleThread child = new UleThread(spec, body, proc, k.locks.blockedLock, td.cpuset, callout);
        child.basePri = td.basePri;
        child.priority = td.priority;
        child.priClass = td.priClass;
        child.userPri = td.userPri;
        child.baseUserPri = td.baseUserPri;
        child.baseIthreadPri = td.baseIthreadPri;
        child.critnest = 1;
        child.spinlockCount = 1;
        child.start(FORK_EXIT, child);
        proc.threadLink(child);
        return child;
    }

    /** The child's scheduler part, from its parent's: {@code sched_fork_thread}, sys/kern/sched_ule.c. */
    private void schedForkThread(Cpu cpu, UleThread td, UleThread child) {
        k.locks.assertOwned(cpu, td);
        Tdq tdq = Pcpu.tdqSelf(cpu);
        child.oncpu = NOCPU;
        child.lastcpu = NOCPU;
        child.lock = tdq.lock;
        child.tsCpu = td.tsCpu;
        child.tsFlags = 0;
        child.ticks = td.ticks;
        child.ltick = td.ltick;
        child.ftick = td.ftick;
        child.priority = child.basePri;
        child.slptime = td.slptime;
        child.runtime = td.runtime;
        // A child is judged after one minimal slice.
        child.slice = k.clock.tdqSlice(tdq) - k.tune.schedSliceMin;
    }

    /** A child in a process of its own; parent and child pay for it: {@code sched_fork}, sys/kern/sched_ule.c. */
    private void schedFork(Cpu cpu, UleThread td, UleThread child) {
        k.pctcpu.schedPctcpuUpdate(td, true);
        schedForkThread(cpu, td, child);
        k.interact.schedInteractFork(child);
        k.interact.schedPriority(child);
        td.runtime += k.tune.tickincr;
        k.interact.schedInteractUpdate(td);
        k.interact.schedPriority(td);
    }

    /**
     * A thread of a user process, not runnable yet: a child of the running thread, {@code fork1}, sys/kern/kern_fork.c, or
     * another thread of its process, {@code thread_create}, sys/kern/kern_thr.c.
     *
     * <p>The thread that boots stands for the shell: it forks the first thread of each program, and that one makes the
     * others.
     */
    UleThread fork(Cpu cpu, ThreadSpec spec, @Nullable ThreadBody body, Proc proc, Frame<UleThread> callout) {
        UleThread td = Pcpu.curthread(cpu);
        UleThread first = proc.firstThread();
        if (proc == td.proc) {
            return threadCreate(cpu, td, spec, body, proc, callout);
        }
        if (first != null && td == k.thread0()) {
            return threadCreate(cpu, first, spec, body, proc, callout);
        }
        if (first == null) {
            proc.nice = td.proc.nice;
            proc.procReparent(td.proc);
        }
        UleThread child = copyOf(td, spec, body, proc, callout);
        k.locks.threadLock(cpu, td);
        schedFork(cpu, td, child);
        k.locks.threadUnlockHeld(cpu, td);
        return child;
    }

    private UleThread threadCreate(
            Cpu cpu, UleThread td, ThreadSpec spec, @Nullable ThreadBody body, Proc proc, Frame<UleThread> callout) {
        UleThread child = copyOf(td, spec, body, proc, callout);
        k.locks.threadLock(cpu, td);
        schedForkThread(cpu, td, child);
        k.locks.threadUnlockHeld(cpu, td);
        return child;
    }

    /** Makes a new thread runnable: the end of {@code fork1}. */
    Next start(Cpu cpu, UleThread child) {
        k.locks.threadLock(cpu, child);
        child.setState(TDS_CAN_RUN);
        return k.sched.schedAdd(cpu, child, SRQ_BORING);
    }

    private UleThread kernelThread(
            Cpu cpu, ThreadSpec spec, @Nullable ThreadBody body, Proc proc, Frame<UleThread> callout) {
        UleThread td = threadCreate(cpu, k.thread0(), spec, body, proc, callout);
        td.cpuset.copyFrom(CpuSet.all(k.ncpus()));
        return td;
    }

    /** A kernel thread, not runnable yet: {@code kthread_add}, sys/kern/kern_kthread.c. */
    UleThread kthreadAdd(Cpu cpu, ThreadSpec spec, @Nullable ThreadBody body, Frame<UleThread> callout) {
        return kernelThread(cpu, spec, body, k.proc0, callout);
    }

    /** Makes a kernel thread runnable at a priority. */
    Next kthreadStart(Cpu cpu, UleThread td, int pri) {
        k.locks.threadLock(cpu, td);
        k.prio.schedPrio(cpu, td, pri);
        td.setState(TDS_CAN_RUN);
        return k.sched.schedAdd(cpu, td, SRQ_BORING);
    }

    /** An interrupt thread that waits for its interrupt: {@code ithread_create}, sys/kern/kern_intr.c. */
    UleThread ithreadCreate(Cpu cpu, ThreadSpec spec, @Nullable ThreadBody body, int pri, Frame<UleThread> callout) {
        UleThread td = kernelThread(cpu, spec, body, k.intrproc, callout);
        k.locks.threadLock(cpu, td);
        td.priClass = Pri.PRI_ITHD;
        td.setInhib(TDI_IWAIT);
        k.prio.schedIthreadPrio(cpu, td, pri);
        k.locks.threadUnlockHeld(cpu, td);
        return td;
    }

    /** A CPU's idle thread: {@code idle_setup}, sys/kern/kern_idle.c. */
    UleThread idleSetup(Cpu cpu, ThreadSpec spec) {
        UleThread td = kernelThread(cpu, spec, null, k.idleproc, k.idle.SCHED_IDLETD);
        k.locks.threadLock(cpu, td);
        td.setState(TDS_CAN_RUN);
        td.flags |= TDF_IDLETD | TDF_NOLOAD;
        td.priClass = Pri.PRI_IDLE;
        k.prio.schedPrio(cpu, td, Pri.PRI_MAX_IDLE);
        k.locks.threadUnlockHeld(cpu, td);
        return td;
    }

    // ---- first run ----------------------------------------------------------------------------------------------

    /** A new thread runs for the first time: {@code fork_exit}, sys/kern/kern_fork.c. */
    private Next forkExit(Cpu cpu, @Nullable Context previous, UleThread td, int a, long b) {
        k.switcher.schedForkExit(cpu, td);
        k.mi.reapDeadthread(cpu);
        cpu.push(FORK_CALLOUT, td);
        return k.locks.threadUnlock(cpu, td);
    }

    private Next forkCallout(Cpu cpu, UleThread td, int a, long b) {
        cpu.push(td.callout, td);
        return Next.RETURN;
    }

    // ---- exit ---------------------------------------------------------------------------------------------------

    /** The running thread leaves for good: {@code thread_exit}, sys/kern/kern_thread.c, {@code exit1}, kern_exit.c. */
    Next threadExit(Cpu cpu) {
        Pcpu pc = Pcpu.of(cpu);
        UleThread td = Pcpu.curthread(cpu);
        Proc p = td.proc;
        if (p.firstThread() == td && td.plist.next() == null) {
            p.orphansTo(k.proc0);
            Proc parent = p.parent();
            schedExitThread(cpu, parent == null ? null : parent.firstThread(), td);
            p.threadUnlink(td);
            if (!k.isSystemProc(p)) {
                p.procReparent(null);
            }
        } else {
            p.threadUnlink(td);
            schedExitThread(cpu, p.firstThread(), td);
        }
        k.umtxPi.umtxThreadCleanup(cpu, td);
        pc.deadthread = td;
        td.markExited(cpu);
        k.locks.threadLock(cpu, td);
        long now = cpu.now();
        td.tdRuntime += now - pc.switchtime;
        pc.switchtime = now;
        pc.switchticks = k.ticks;
        pc.vSwtch++;
        td.nvcsw++;
        td.setState(TDS_INACTIVE);
        return k.switcher.schedThrow(cpu, td);
    }

    /**
     * Another thread is charged for what this one ran: {@code sched_exit}, {@code sched_exit_thread},
     * sys/kern/sched_ule.c.
     */
    private void schedExitThread(Cpu cpu, @Nullable UleThread td, UleThread child) {
        if (td == null) {
            return;
        }
        k.locks.threadLock(cpu, td);
        td.runtime += child.runtime;
        k.interact.schedInteractUpdate(td);
        k.interact.schedPriority(td);
        k.locks.threadUnlockHeld(cpu, td);
    }

    /** The dead thread's structure may be reused: {@code thread_stash}, sys/kern/kern_thread.c. */
    void threadStash(Cpu cpu, UleThread td) {
        k.locks.threadLockBlockWait(cpu, td);
    }
}
