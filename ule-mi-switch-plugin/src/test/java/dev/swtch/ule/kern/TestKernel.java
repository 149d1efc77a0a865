package dev.swtch.ule.kern;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import dev.swtch.ule.topo.CpuGroupTree;

/** A kernel on a machine that never runs, for tests of single functions. */
final class TestKernel implements IdleWait {
    final UleKernel k;
    private final RecordedScript pauses = new RecordedScript("(NONE 0)", false);

    TestKernel(Topology topology) {
        Machine machine = new Machine(topology, CostModel.zero(), 0);
        k = new UleKernel(machine, new SchedTunables(), CpuGroupTree.of(topology), this, Probes.NONE, 100_000);
        k.tune.schedInitticks();
    }

    /** A timeshare thread in a process of its own, with no history. */
    UleThread thread(int number) {
        ThreadSpec spec = ThreadSpec.kernel(number, "t" + number, ThreadClass.TIMESHARE);
        UleThread td = new UleThread(spec, null, new Proc(number), k.locks.blockedLock, k.allCpus(), pauses.PAUSE);
        td.priClass = Pri.PRI_TIMESHARE;
        return td;
    }

    @Override
    public Next cpuIdle(Cpu cpu, boolean busy) {
        return cpu.pause();
    }

    @Override
    public boolean cpuIdleWakeup(Cpu cpu, int target) {
        return false;
    }
}
