package dev.swtch.lwkt.plugin;

import dev.swtch.lwkt.kern.KernSynch;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Tdf;
import dev.swtch.lwkt.usched.CpuNode;
import dev.swtch.lwkt.usched.UschedBsd4;
import dev.swtch.lwkt.usched.UschedDfly;
import dev.swtch.lwkt.usched.UserScheduler;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Pmap;
import dev.swtch.machine.topology.Topology;
import dev.swtch.spi.BlockContract;
import dev.swtch.spi.PreemptContract;
import dev.swtch.spi.ScheduleContract;
import dev.swtch.spi.Scheduler;
import dev.swtch.spi.SchedulerContext;
import dev.swtch.spi.SwitchContract;
import dev.swtch.spi.ThrowContract;
import dev.swtch.spi.plugin.CounterSink;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.ThreadClass;

/** A DragonFly kernel behind the contracts: makes it, checks it, and hands out its counters. */
public final class LwktScheduler implements Scheduler {
    private final LwktKernel k;
    private final UserScheduler usched;
    private final CpuContracts cpus;
    private final ThreadContracts threads;
    private final SleepContracts sleeps;
    private final LwktInvariants invariants;

    /** Makes the kernel of one machine. */
    public LwktScheduler(SchedulerContext context) {
        Machine machine = context.machine();
        Threads structures = new Threads(machine);
        Boot boot = new Boot(structures);
        LwktKernel.Parts parts = new LwktKernel.Parts(
                KernSynch::new,
                kernel -> new Systimers(kernel, machine.cpuCount()),
                boot,
                line -> {},
                kernel -> structures,
                td -> {},
                new Pmap(0, machine.cpuCount()));
        k = new LwktKernel(machine, parts);
        invariants = new LwktInvariants(machine.cpuCount());
        structures.attachKernel(k);
        LwktThread[] helpers = new LwktThread[machine.cpuCount()];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = structures.kernelStructure("usched" + i, ThreadClass.KERNEL);
        }
        LwktTunables.apply(context.tunables(), k);
        usched = userScheduler(context, helpers);
        k.smpActiveMask.clear();
        k.clock.register(usched);
        structures.attachUsched(usched);
        boot.attach(k, usched);
        KernSynch synch = (KernSynch) k.synch;
        Systimers systimers = (Systimers) k.systimer;
        threads = new ThreadContracts(k, structures, boot);
        cpus = new CpuContracts(k, synch, structures);
        sleeps = new SleepContracts(k, synch, systimers, structures);
    }

    /** {@code kern.user_scheduler}: the kernel has both all the time, here there is only the one that is used. */
    private UserScheduler userScheduler(SchedulerContext context, LwktThread... helpers) {
        Topology topology = context.machine().topology();
        CpuNode root = CpuNode.build(topology.packages(), topology.cores(), topology.smt());
        if (UschedTunables.isBsd4(context.tunables())) {
            UschedBsd4 bsd4 = new UschedBsd4(k, root, topology.smt() > 1, helpers);
            UschedTunables.apply(context.tunables(), bsd4.tunables);
            return bsd4;
        }
        UschedDfly dfly = new UschedDfly(k, root, helpers);
        UschedTunables.apply(context.tunables(), dfly.tunables);
        return dfly;
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
        invariants.check(Globaldata.of(cpu));
    }

    @Override
    public boolean holds(KThread thread) {
        LwktThread td = (LwktThread) thread;
        Lwp lp = td.lwp;
        return td.hasAny(Tdf.TDF_RUNQ | Tdf.TDF_RUNNING | Tdf.TDF_PREEMPT_LOCK | Tdf.TDF_MIGRATING)
                || lp != null && lp.hasMp(Lwp.LWP_MP_ONRUNQ);
    }

    @Override
    public void counters(CounterSink sink) {
        sink.counter("lwkt", "switch_count", k.switchCount);
        sink.counter("lwkt", "preempt_hit", k.preemptHit);
        sink.counter("lwkt", "preempt_miss", k.preemptMiss);
        sink.counter("lwkt", "preempt_weird", k.preemptWeird);
        long[] sums = new long[6];
        for (int i = 0; i < k.ncpus(); i++) {
            Globaldata gd = k.gd(i);
            sums[0] += gd.vSwtch;
            sums[1] += gd.vLockColls;
            sums[2] += gd.vIntr;
            sums[3] += gd.ipiqCount;
            sums[4] += gd.ipiqAvoided;
            sums[5] += gd.ipiqFifofull;
        }
        sink.counter("vmmeter", "v_swtch", sums[0]);
        sink.counter("vmmeter", "v_lock_colls", sums[1]);
        sink.counter("vmmeter", "v_intr", sums[2]);
        sink.counter("ipiq", "ipiq_count", sums[3]);
        sink.counter("ipiq", "ipiq_avoided", sums[4]);
        sink.counter("ipiq", "ipiq_fifofull", sums[5]);
        sink.counter("kern_exit", "lwps reaped", k.reaper.reaped);
        sink.counter("kern_exit", "reaper polls", k.reaper.polls);
        usched.counters(sink);
    }
}
