package dev.swtch.lwkt.plugin;

import dev.swtch.lwkt.kern.KernSynch;
import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.machine.Arrival;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.spi.PreemptContract;
import dev.swtch.spi.SwitchContract;
import dev.swtch.spi.SwitchReason;
import dev.swtch.spi.ThrowContract;
import dev.swtch.spi.thread.KThread;
import org.jspecify.annotations.Nullable;

/** What a CPU does by itself or is made to do: start, interrupts, the ways into and out of the kernel. */
final class CpuContracts implements SwitchContract, ThrowContract, PreemptContract {
    private final LwktKernel k;
    private final KernSynch synch;
    private final Threads threads;
    private final Frame<Object> slept =
            new Frame<>("BLOCKED", (cpu, ref, a, b) -> k().splz.critExit(Globaldata.of(cpu)));

    CpuContracts(LwktKernel k, KernSynch synch, Threads threads) {
        this.k = k;
        this.synch = synch;
        this.threads = threads;
    }

    private LwktKernel k() {
        return k;
    }

    @Override
    public Next switchOut(Cpu cpu, SwitchReason reason) {
        Globaldata gd = Globaldata.of(cpu);
        Lwp lp = gd.curthread.lwp;
        return switch (reason) {
            case YIELD -> lp == null ? k.yields.lwktYield(gd) : lp.proc.usched.schedYield(gd, lp);
            case BLOCK -> blockHere(gd);
        };
    }

    private Next blockHere(Globaldata gd) {
        gd.critEnter();
        gd.cpu.push(slept);
        return synch.lwktSleep(gd, "block", 0);
    }

    @Override
    public Next start(Cpu cpu, @Nullable KThread first) {
        return k.start(cpu);
    }

    @Override
    public Next exit(Cpu cpu) {
        Globaldata gd = Globaldata.of(cpu);
        LwktThread td = gd.curthread;
        Lwp lp = td.lwp;
        if (threads.isStarter(td)) {
            // Its forks asked for a look at the user queues; any parent but this one would go back to user mode first.
            gd.clearUserResched();
        }
        return lp == null ? k.threads.lwktExit(gd) : k.exit.lwpExit(gd, lp);
    }

    @Override
    public Next interrupt(Cpu cpu, int vector, Arrival arrival) {
        return k.interrupt(cpu, vector, arrival);
    }

    @Override
    public void enteredKernel(Cpu cpu) {
        k.trap.userenter(Globaldata.of(cpu));
    }

    @Override
    public Next returnToUser(Cpu cpu) {
        return k.trap.returnToUser(Globaldata.of(cpu));
    }

    @Override
    public void criticalEnter(Cpu cpu) {
        Globaldata.of(cpu).critEnter();
    }

    @Override
    public Next criticalExit(Cpu cpu) {
        return k.splz.critExit(Globaldata.of(cpu));
    }

    /** {@code spin_lock}, sys/sys/spinlock2.h: a critical section whose end does not look for pending work. */
    @Override
    public void spinEnter(Cpu cpu) {
        Globaldata.of(cpu).spinLockEffects();
    }

    @Override
    public Next spinExit(Cpu cpu) {
        Globaldata.of(cpu).spinUnlockEffects();
        return Next.RETURN;
    }
}
