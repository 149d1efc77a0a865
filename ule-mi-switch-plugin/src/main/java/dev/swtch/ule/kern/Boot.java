package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.ThreadFlags.TDS_RUNNING;

import dev.swtch.machine.Context;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Landing;
import dev.swtch.machine.Next;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;
import org.jspecify.annotations.Nullable;

/** How the kernel starts: the boot CPU with {@code thread0}, then the others: sys/kern/init_main.c, mp_x86.c. */
final class Boot {
    private final UleKernel k;
    private final Landing<UleThread> MI_STARTUP = new Landing<>("MI_STARTUP", this::miStartup);

    Boot(UleKernel k) {
        this.k = k;
    }

    /** The thread that boots, and that kernel threads are copies of: {@code proc0_init}, sys/kern/init_main.c. */
    UleThread thread0(ThreadSpec spec, @Nullable ThreadBody body, Frame<UleThread> callout) {
        UleThread td = new UleThread(spec, body, k.proc0, k.locks.blockedLock, k.allCpus(), callout);
        td.priClass = Pri.PRI_TIMESHARE;
        td.priority = Pri.PVM;
        td.basePri = Pri.PVM;
        td.userPri = Pri.PUSER;
        td.baseUserPri = Pri.PUSER;
        td.setState(TDS_RUNNING);
        td.start(MI_STARTUP, td);
        k.proc0.threadLink(td);
        k.setThread0(td);
        return td;
    }

    private Next miStartup(Cpu cpu, @Nullable Context previous, UleThread td, int a, long b) {
        cpu.push(td.callout, td);
        return Next.RETURN;
    }

    /**
     * Sets the scheduler up around the thread that boots: {@code schedinit}, {@code sched_setup}, {@code
     * sched_initticks}; then makes all idle threads and lets the thread run.
     *
     * @param firstIdleNumber number of CPU 0's idle thread
     */
    Next bootCpu(Cpu cpu, int firstIdleNumber) {
        Pcpu pc = Pcpu.of(cpu);
        UleThread thread0 = k.thread0();
        pc.setCurthread(thread0);
        thread0.ltick = k.ticks;
        thread0.ftick = k.ticks;
        thread0.tsCpu = cpu.id();
        thread0.oncpu = cpu.id();
        thread0.lastcpu = cpu.id();
        schedSetup(cpu, pc, thread0);
        k.tune.schedInitticks();
        k.balanceTicks = k.tune.balanceInterval;
        for (int i = 0; i < k.ncpus(); i++) {
            ThreadSpec spec = ThreadSpec.kernel(firstIdleNumber + i, "idle: cpu" + i, ThreadClass.CPU_IDLE);
            k.pcpu(i).setIdlethread(k.threads.idleSetup(cpu, spec));
        }
        return k.cpuSwitch.cpuThrow(cpu, thread0);
    }

    /** {@code sched_setup}, sys/kern/sched_ule.c: the thread that boots is counted, since it runs. */
    private void schedSetup(Cpu cpu, Pcpu pc, UleThread thread0) {
        k.balanceTdq = pc.tdq;
        thread0.lock = pc.tdq.lock;
        k.locks.mtxLockSpin(cpu, pc.tdq.lock);
        pc.tdq.tdqLoadAdd(cpu, thread0);
        pc.tdq.setCurthread(thread0);
        pc.tdq.lowpri = thread0.priority;
        k.locks.mtxUnlockSpinHeld(cpu, pc.tdq.lock);
    }

    /** Another CPU starts: {@code init_secondary_tail}, {@code schedinit_ap}, {@code sched_ap_entry}. */
    Next apEntry(Cpu cpu) {
        Pcpu pc = Pcpu.of(cpu);
        UleThread idle = pc.idlethread();
        pc.setCurthread(idle);
        idle.lock = pc.tdq.lock;
        cpu.disableInterrupts();
        cpu.setCritical(true);
        return k.switcher.schedApEntry(cpu);
    }
}
