package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Machine;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.PreemptContract;
import dev.swtch.spi.ScheduleContract;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SwitchContract;
import dev.swtch.spi.ThrowContract;
import dev.swtch.spi.plugin.CounterSink;
import dev.swtch.spi.plugin.Tunables;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.ThreadSpec;
import dev.swtch.ule.topo.CpuGroupTree;

/** A FreeBSD kernel behind the contracts: makes it, checks it, and hands out its counters. */
public final class UleScheduler implements Scheduler {
    private static final int SYSTEM_PID = 100_000;
    final UleKernel k;
    private final CpuIdle idle;
    private final CpuContracts cpus;
    private final ThreadContracts threads;
    private final SleepContracts sleeps;

    /** Makes the kernel of one machine. */
    public UleScheduler(SchedulerContext context) {
        Machine machine = context.machine();
        Tunables tunables = context.tunables();
        SchedTunables tune = new SchedTunables();
        idle = new CpuIdle(machine.cpuCount(), tunables.flag("idle_mwait"));
        k = new UleKernel(machine, tune, CpuGroupTree.of(machine.topology()), idle, Probes.NONE, SYSTEM_PID);
        idle.attach(k);
        k.exitByThrow = tunables.flag("exit_by_throw");
        k.yieldBySysYield = tunables.flag("sys_yield");
        threads = new ThreadContracts(k, tunables);
        cpus = new CpuContracts(k, threads);
        sleeps = new SleepContracts(k);
    }

    @Override
    public SwitchContract switching() {
        return cpus;
    }

    @Override
    public ThrowContract throwing() {
        return cpus;
    }

    @Override
    public ScheduleContract scheduling() {
        return threads;
    }

    @Override
    public PreemptContract preemption() {
        return cpus;
    }

    @Override
    public BlockContract blocking() {
        return sleeps;
    }

    @Override
    public void check(Cpu cpu) {
        Invariants.check(cpu);
    }

    @Override
    public boolean holds(KThread thread) {
        UleThread td = (UleThread) thread;
        return td.onRunq() || td.isRunning() || td.isInhibited();
    }

    @Override
    public void counters(CounterSink sink) {
        Counters.hand(k, sink);
        idle.counters(sink);
    }

    /** Number of a thread the kernel makes for itself. */
    static int firstIdleNumber() {
        return ThreadSpec.FIRST_PLUGIN_NUMBER;
    }
}
