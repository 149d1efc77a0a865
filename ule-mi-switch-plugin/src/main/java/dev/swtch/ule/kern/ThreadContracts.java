package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.SwitchFlags.SWT_SLEEPQ;
import static dev.swtch.ule.kern.SwitchFlags.SW_VOL;
import static dev.swtch.ule.kern.ThreadFlags.TDF_BORROWING;
import static dev.swtch.ule.kern.ThreadFlags.TDI_SLEEPING;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.InterruptHandler;
import dev.swtch.spi.ScheduleContract;
import dev.swtch.spi.plugin.Tunables;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.Process;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;

/** Threads of the workload as FreeBSD makes, changes, stops and wakes them. */
final class ThreadContracts implements ScheduleContract {
    private static final int RANKS = 32;

    private final UleKernel k;
    private final Tunables tunables;

    private final Frame<UleThread> MI_STARTED = new Frame<>("MI_STARTED", this::started);
    private final Frame<UleThread> KTHREAD_BODY = new Frame<>("KTHREAD_BODY", (cpu, td, a, b) -> body(cpu, td));
    private final Frame<UleThread> FORK_RETURN = new Frame<>("FORK_RETURN", this::forkReturn);
    private final Frame<UleThread> USER_BODY = new Frame<>("USER_BODY", (cpu, td, a, b) -> body(cpu, td));
    private final Frame<UleThread> BOUND = new Frame<>("BOUND", this::bound);

    ThreadContracts(UleKernel k, Tunables tunables) {
        this.k = k;
        this.tunables = tunables;
    }

    // ---- creation -----------------------------------------------------------------------------------------------

    @Override
    public KThread create(Cpu cpu, ThreadSpec spec, ThreadBody body) {
        if (!k.isBooted()) {
            return thread0(cpu, spec, body);
        }
        UleThread td = spec.threadClass().isUser()
                ? k.threads.fork(cpu, spec, body, procOf(spec), FORK_RETURN)
                : k.threads.kthreadAdd(cpu, spec, body, KTHREAD_BODY);
        CpuSet affinity = spec.affinity();
        td.cpuset.copyFrom(affinity == null ? k.allCpus() : affinity);
        if (spec.threadClass().isUser()) {
            initUser(cpu, td, spec);
        }
        return td;
    }

    /**
     * The thread that boots and then makes all others.
     *
     * <p>It stands for a shell: it has slept for as long as ULE remembers, so that what it forks begins interactive. It
     * deviates from {@code thread0} in that it runs as if lent a priority that no thread of the workload has: so none runs in
     * its place before all are made, and none inherits it.
     */
    private UleThread thread0(Cpu cpu, ThreadSpec spec, ThreadBody body) {
        UleThread td = k.boot.thread0(spec, body, MI_STARTED);
        td.priority = Pri.PRI_MIN_ITHD;
        td.flags |= TDF_BORROWING;
        td.slptime = Interactivity.SCHED_SLP_RUN_MAX - 1;
        td.markRunnable(cpu);
        return td;
    }

    /** The rest of what boots, once the first thread runs: {@code mi_startup}, sys/kern/init_main.c. */
    private Next started(Cpu cpu, UleThread td, int a, long b) {
        UleTunables.apply(tunables, k);
        k.intrEvents.boot(cpu);
        k.clocks.cpuInitclocks(cpu);
        return body(cpu, td);
    }

    private Proc procOf(ThreadSpec spec) {
        Process process = spec.process();
        if (process == null) {
            return k.proc0;
        }
        if (process.kernelPart() instanceof Proc known) {
            return known;
        }
        Proc made = new Proc(process.number());
        process.setKernelPart(made);
        return made;
    }

    /** What {@code setpriority} and {@code rtprio} would have set before the program began. */
    private void initUser(Cpu cpu, UleThread td, ThreadSpec spec) {
        if (spec.threadClass() == ThreadClass.TIMESHARE) {
            td.priClass = Pri.PRI_TIMESHARE;
            td.proc.nice = spec.nice();
            k.interact.schedPriority(td);
            return;
        }
        k.locks.threadLock(cpu, td);
        k.prio.rtpToPri(cpu, td, priClass(spec.threadClass()), priority(spec.threadClass(), spec.rank()));
        k.locks.threadUnlockHeld(cpu, td);
    }

    private static int priClass(ThreadClass threadClass) {
        return switch (threadClass) {
            case REALTIME -> Pri.PRI_REALTIME;
            case IDLE, CPU_IDLE -> Pri.PRI_IDLE;
            case INTERRUPT -> Pri.PRI_ITHD;
            case TIMESHARE, KERNEL -> Pri.PRI_TIMESHARE;
        };
    }

    /**
     * {@code rtp_to_pri}, sys/kern/kern_resource.c; a higher rank is a lower number.
     *
     * <p>The last place of the idle class stays free: {@code sched_user_prio} takes a priority that is no better than
     * {@code PRI_MAX} for a lent one and leaves the thread at its timeshare priority.
     */
    private static int priority(ThreadClass threadClass, int rank) {
        int below = RANKS - 1 - Math.min(rank, RANKS - 1);
        return switch (threadClass) {
            case REALTIME -> Pri.PRI_MIN_REALTIME + below;
            case IDLE, CPU_IDLE -> Pri.PRI_MIN_IDLE + Math.min(below, RANKS - 2);
            case KERNEL -> Pri.PRI_MIN_KERN + below;
            case INTERRUPT -> Pri.PRI_INTR;
            case TIMESHARE -> Pri.PUSER;
        };
    }

    @Override
    public Next release(Cpu cpu, KThread thread) {
        UleThread td = (UleThread) thread;
        ThreadSpec spec = td.spec();
        if (spec.threadClass().isUser()) {
            return k.threads.start(cpu, td);
        }
        return k.threads.kthreadStart(cpu, td, priority(spec.threadClass(), spec.rank()));
    }

    /** {@code fork_return}, sys/kern/subr_trap.c: the way to user mode, then the program. */
    private Next forkReturn(Cpu cpu, UleThread td, int a, long b) {
        cpu.push(USER_BODY, td);
        return k.ast.userret(cpu);
    }

    private static Next body(Cpu cpu, UleThread td) {
        ThreadBody body = td.body();
        if (body == null) {
            throw cpu.violation("no-body", td.name() + " has nothing to execute");
        }
        return body.run(cpu);
    }

    // ---- waits the harness keeps --------------------------------------------------------------------------------

    /** The current thread waits for {@link #wake}, on no channel. */
    Next blockHere(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.threadLock(cpu, td);
        k.sleep.schedSleep(cpu, td, 0);
        td.setInhib(TDI_SLEEPING);
        return k.mi.miSwitch(cpu, SW_VOL | SWT_SLEEPQ);
    }

    @Override
    public Next wake(Cpu cpu, KThread thread) {
        UleThread td = (UleThread) thread;
        k.locks.threadLock(cpu, td);
        td.clrInhib(TDI_SLEEPING);
        return k.sleep.setrunnable(cpu, td, 0);
    }

    // ---- changes ------------------------------------------------------------------------------------------------

    @Override
    public Next setNice(Cpu cpu, KThread thread, int nice) {
        k.critical.criticalEnter(cpu);
        k.prio.schedNice(cpu, ((UleThread) thread).proc, nice);
        return k.critical.criticalExit(cpu);
    }

    @Override
    public Next setClass(Cpu cpu, KThread thread, ThreadClass threadClass, int rank) {
        UleThread td = (UleThread) thread;
        k.locks.threadLock(cpu, td);
        k.prio.rtpToPri(cpu, td, priClass(threadClass), priority(threadClass, rank));
        return k.locks.threadUnlock(cpu, td);
    }

    @Override
    public Next setAffinity(Cpu cpu, KThread thread, CpuSet cpus) {
        UleThread td = (UleThread) thread;
        k.locks.threadLock(cpu, td);
        td.cpuset.copyFrom(cpus);
        k.sched.schedAffinity(cpu, td);
        return k.locks.threadUnlock(cpu, td);
    }

    @Override
    public Next bind(Cpu cpu, int target) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.threadLock(cpu, td);
        cpu.push(BOUND, td);
        return k.relinquish.schedBind(cpu, td, target);
    }

    private Next bound(Cpu cpu, UleThread td, int a, long b) {
        return k.locks.threadUnlock(cpu, td);
    }

    @Override
    public Next unbind(Cpu cpu) {
        UleThread td = Pcpu.curthread(cpu);
        k.locks.threadLock(cpu, td);
        k.relinquish.schedUnbind(cpu, td);
        return k.locks.threadUnlock(cpu, td);
    }

    @Override
    public Next stop(Cpu cpu, KThread thread) {
        return k.suspend.threadStop(cpu, (UleThread) thread);
    }

    @Override
    public Next resume(Cpu cpu, KThread thread) {
        return k.suspend.threadContinue(cpu, (UleThread) thread);
    }

    @Override
    public void attachDevice(int line, int target, boolean threaded, InterruptHandler handler) {
        k.intrEvents.intrEventAddHandler(line, threaded, handler);
    }
}
