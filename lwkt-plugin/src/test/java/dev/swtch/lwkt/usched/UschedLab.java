package dev.swtch.lwkt.usched;

import dev.swtch.lwkt.kern.KernSynch;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.kern.ThreadCache;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.LwktToken;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.lwkt.sys.Tdf;
import dev.swtch.lwkt.sys.Usched;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Machine;
import dev.swtch.machine.Next;
import dev.swtch.machine.cost.CostModel;
import dev.swtch.machine.topology.Topology;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;

/** A kernel whose CPUs do nothing by themselves, to call a user scheduler's functions one by one. */
final class UschedLab {
    final LwktKernel kernel;
    private final Machine machine;
    private int numbers = 100;

    UschedLab(int cpus) {
        machine = new Machine(Topology.of(1, cpus, 1), CostModel.zero(), 0);
        kernel = new LwktKernel(
                machine,
                new LwktKernel.Parts(
                        KernSynch::new,
                        k -> gd -> Next.RETURN,
                        (gd, nothingPending) -> gd.cpu.pause(),
                        text -> {},
                        k -> new NoCache(),
                        td -> {},
                        null));
        for (int cpu = 0; cpu < cpus; cpu++) {
            machine.startNow(cpu);
        }
    }

    private static final class NoCache implements ThreadCache {
        @Override
        public LwktThread get() {
            throw new AssertionError("no thread is made here");
        }

        @Override
        public void put(LwktThread td) {}
    }

    /** Structures of helper threads that never run. */
    LwktThread[] helpers() {
        LwktThread[] helpers = new LwktThread[kernel.ncpus()];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = thread(0);
        }
        return helpers;
    }

    /** An LWP that runs nowhere and ran on a CPU last. */
    Lwp lwp(Usched usched, int cpu) {
        Lwp lp = new Lwp(new Proc("p", usched, 0), new LwktToken(0, "token"));
        LwktThread td = thread(cpu);
        td.flags |= Tdf.TDF_MIGRATING;
        lp.setThread(td);
        return lp;
    }

    private LwktThread thread(int cpu) {
        ThreadSpec spec = ThreadSpec.kernel(++numbers, "td" + numbers, ThreadClass.KERNEL);
        LwktThread td = new LwktThread(spec, null, kernel.gd(cpu));
        td.wakefromcpu = -1;
        return td;
    }

    /** Runs a kernel function on a CPU to its end. */
    void run(int cpuid, Action action) {
        machine.enter(cpuid, new Frame<>("TEST", (cpu, ref, a, b) -> {
            cpu.push(new Frame<>("REST", (on, unused, c, d) -> on.pause()));
            return action.run(Globaldata.of(cpu));
        }));
    }

    /** A kernel function. */
    @FunctionalInterface
    interface Action {
        Next run(Globaldata gd);
    }
}
