package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Pmap;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.thread.ThreadSpec;
import dev.swtch.ule.topo.CpuGroupNode;
import org.jspecify.annotations.Nullable;

/**
 * One FreeBSD kernel on one simulated machine: its global variables and its parts.
 *
 * <p>The parts call each other as the kernel's files do, so each keeps the kernel and finds the others here.
 */
public final class UleKernel {
    final Machine machine;
    final SchedTunables tune;
    final Probes probes;
    final IdleWait idleWait;
    final CpuGroupNode cpuTop;
    final Pmap kernelPmap;

    // ---- global variables ---------------------------------------------------------------------------------------

    /** Counts periods of the hz clock; wraps. */
    int ticks;

    boolean smpStarted;

    /** Whether a thread that exits leaves by {@code cpu_throw}, as the manual page says, instead of {@code cpu_switch}. */
    boolean exitByThrow;

    /** Whether programs that yield call {@code yield(2)} instead of {@code sched_yield(2)}. */
    boolean yieldBySysYield;

    int balanceTicks;

    @Nullable
    Tdq balanceTdq;

    /** The process of {@code thread0} and of kernel threads. */
    final Proc proc0 = new Proc(0);

    final Proc idleproc;
    final Proc intrproc;
    private @Nullable UleThread thread0;
    private int smpCpus = 1;
    private int intrThreads;
    private final Pcpu[] pcpus;
    private final Tdq[] tdqs;
    private final long[] stats = new long[SchedStat.values().length];

    // ---- parts --------------------------------------------------------------------------------------------------

    final Critical critical = new Critical(this);
    final ThreadLock locks = new ThreadLock(this);
    final MiSwitch mi = new MiSwitch(this);
    final SchedSwitch switcher = new SchedSwitch(this);
    final CpuSwitch cpuSwitch = new CpuSwitch(this);
    final SchedQueue sched = new SchedQueue(this);
    final Preempt preempt = new Preempt(this);
    final Priorities prio = new Priorities(this);
    final Interactivity interact = new Interactivity(this);
    final Pctcpu pctcpu = new Pctcpu(this);
    final SchedClock clock = new SchedClock(this);
    final SleepWakeup sleep = new SleepWakeup(this);
    final Relinquish relinquish = new Relinquish(this);
    final Threads threads = new Threads(this);
    final CpuSearch search = new CpuSearch(this);
    final Pickcpu pickcpu = new Pickcpu(this);
    final Idle idle = new Idle(this);
    final Ast ast = new Ast(this);
    final Ipi ipi = new Ipi(this);
    final Ithread ithread = new Ithread(this);
    final Boot boot = new Boot(this);
    final Suspend suspend = new Suspend(this);
    final IntrEvents intrEvents = new IntrEvents(this);
    final Umtx umtx = new Umtx(this);
    final UmtxPi umtxPi = new UmtxPi(this);
    final Nanosleep nanosleep = new Nanosleep(this);
    final Serializers serializers = new Serializers(this);
    final Clocks clocks;
    final Callouts callouts;
    final Turnstiles turnstiles = new Turnstiles(this);
    final KernMutex mutex = new KernMutex(this);
    final Sleepq sleepq = new Sleepq(this);
    final SleepqWait sleepqWait = new SleepqWait(this);
    final KernSynch synch = new KernSynch(this);
    final Signals signals = new Signals(this);
    final Steal steal;
    final Balancer balancer;

    /**
     * Makes a kernel on a machine none of whose CPUs has started.
     *
     * @param machine the machine
     * @param tune the knobs
     * @param cpuTop the CPUs as the scheduler sees them
     * @param idleWait how a CPU waits without work
     * @param probes who sees what is counted
     * @param systemPid number of the first of the two processes of idle and interrupt threads
     */
    public UleKernel(
            Machine machine, SchedTunables tune, CpuGroupNode cpuTop, IdleWait idleWait, Probes probes, int systemPid) {
        this.machine = machine;
        this.tune = tune;
        this.cpuTop = cpuTop;
        this.idleWait = idleWait;
        this.probes = probes;
        kernelPmap = new Pmap(0, machine.cpuCount());
        idleproc = new Proc(systemPid);
        intrproc = new Proc(systemPid + 1);
        idleproc.procReparent(proc0);
        intrproc.procReparent(proc0);
        pcpus = new Pcpu[machine.cpuCount()];
        tdqs = new Tdq[pcpus.length];
        for (int i = 0; i < pcpus.length; i++) {
            tdqs[i] = new Tdq(i, cpuTop.find(i));
            pcpus[i] = new Pcpu(machine.cpu(i), tdqs[i]);
            machine.cpu(i).setArea(pcpus[i]);
        }
        callouts = new Callouts(this);
        clocks = new Clocks(this);
        steal = new Steal(this);
        balancer = new Balancer(this);
    }

    int ncpus() {
        return pcpus.length;
    }

    /** {@code TDQ_CPU}. */
    Tdq tdq(int cpu) {
        return tdqs[cpu];
    }

    Pcpu pcpu(int cpu) {
        return pcpus[cpu];
    }

    UleThread thread0() {
        UleThread td = thread0;
        if (td == null) {
            throw new IllegalStateException("the kernel has not been booted");
        }
        return td;
    }

    void setThread0(UleThread td) {
        thread0 = td;
    }

    /** Whether {@code thread0} runs. */
    boolean isBooted() {
        return thread0 != null;
    }

    /** Another CPU came up; the last one turns on all that needs several: {@code init_secondary_tail}. */
    void smpCpuStarted() {
        if (++smpCpus == pcpus.length) {
            smpStarted = true;
        }
    }

    /** Number for the next interrupt thread, behind those of the idle threads. */
    int nextThreadNumber() {
        return ThreadSpec.FIRST_PLUGIN_NUMBER + pcpus.length + intrThreads++;
    }

    /** Whether a process of the kernel's own, which outlives its threads. */
    boolean isSystemProc(Proc p) {
        return p == proc0 || p == idleproc || p == intrproc;
    }

    CpuSet allCpus() {
        return CpuSet.all(pcpus.length);
    }

    /** {@code sched_random} on the CPU that executes. */
    int schedRandom(Cpu cpu) {
        return pcpus[cpu.id()].schedRandom();
    }

    /** {@code SCHED_STAT_INC}. */
    void stat(SchedStat stat) {
        stats[stat.ordinal()]++;
        probes.stat(stat);
    }

    /** One of ULE's own statistics. */
    public long statValue(SchedStat stat) {
        return stats[stat.ordinal()];
    }
}
