package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Kassert.kkassert;
import static dev.swtch.lwkt.sys.Tdf.TDF_EXITING;
import static dev.swtch.lwkt.sys.Tdf.TDF_MIGRATING;
import static dev.swtch.lwkt.sys.Tdf.TDF_PREEMPT_LOCK;
import static dev.swtch.lwkt.sys.Tdf.TDF_RUNQ;

import dev.swtch.lwkt.sys.CpuSwitch;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Kassert;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.ThreadFunction;
import dev.swtch.machine.Context;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Landing;
import dev.swtch.machine.Next;
import dev.swtch.machine.Pmap;
import org.jspecify.annotations.Nullable;

/** The switch primitives, platform/pc64/x86_64/swtch.s. */
public final class Swtch {
    private final LwktKernel k;
    private final Landing<LwktThread> kthreadRestore = new Landing<>("KTHREAD_RESTORE", this::kthreadRestore);
    private final Frame<Object> kthreadStart = new Frame<>("KTHREAD_START", this::kthreadStart);
    private final Frame<Object> kthreadReturn = new Frame<>("KTHREAD_RETURN", this::kthreadReturn);
    private final Frame<Object> exitReturned = new Frame<>("EXIT_RETURNED", this::exitReturned);

    Swtch(LwktKernel k) {
        this.k = k;
    }

    /** {@code td->td_switch(ntd)}: the thread goes on at the landing, which learns what ran before it. */
    <T> Next tdSwitch(Globaldata gd, LwktThread td, LwktThread ntd, Landing<T> landing, T ref, int local) {
        report(gd, td);
        switch (td.tdSwitch) {
            case LWKT -> cpuLwktSwitch(gd, landing, ref, local);
            case HEAVY -> cpuHeavySwitch(gd, td, ntd, landing, ref, local);
            case EXIT -> cpuExitSwitch(gd, td);
        }
        return restore(gd, ntd);
    }

    /**
     * Tells the harness why the thread leaves: it sleeps or exits unless it is queued, moves or was preempted. The idle
     * thread waits for nothing.
     */
    private static void report(Globaldata gd, LwktThread td) {
        if (td == gd.idlethread || td.hasAny(TDF_RUNQ | TDF_MIGRATING | TDF_PREEMPT_LOCK)) {
            return;
        }
        if (td.has(TDF_EXITING)) {
            td.markExited(gd.cpu);
        } else {
            td.markBlocked(gd.cpu);
        }
    }

    /** {@code cpu_lwkt_switch}, platform/pc64/x86_64/swtch.s. */
    private static <T> void cpuLwktSwitch(Globaldata gd, Landing<T> landing, T ref, int local) {
        gd.cpu.save(landing, ref, local, 0);
    }

    /** {@code cpu_heavy_switch}, platform/pc64/x86_64/swtch.s: leaves the address space unless the next thread has it too. */
    private static <T> void cpuHeavySwitch(
            Globaldata gd, LwktThread td, LwktThread ntd, Landing<T> landing, T ref, int local) {
        gd.cpu.save(landing, ref, local, 0);
        leavePmap(gd, td, ntd.pmap());
    }

    /** {@code cpu_exit_switch}, platform/pc64/x86_64/swtch.s: saves nothing. */
    private void cpuExitSwitch(Globaldata gd, LwktThread td) {
        if (k.kernelPmap != null) {
            gd.cpu.activate(k.kernelPmap);
        }
        leavePmap(gd, td, null);
        gd.cpu.discard();
    }

    private static void leavePmap(Globaldata gd, LwktThread td, @Nullable Pmap next) {
        Pmap pmap = td.pmap();
        if (pmap != null && pmap != next) {
            gd.cpu.deactivate(pmap);
        }
    }

    /**
     * {@code cpu_lwkt_restore}, {@code cpu_heavy_restore} and the entry of a new thread, platform/pc64/x86_64/swtch.s: a
     * kernel thread runs in the kernel's address space, an LWP in its own.
     */
    private Next restore(Globaldata gd, LwktThread ntd) {
        Pmap pmap = ntd.pmap();
        if (pmap == null) {
            pmap = k.kernelPmap;
        }
        if (pmap != null) {
            gd.cpu.activate(pmap);
        }
        gd.curthread = ntd;
        return gd.cpu.load(ntd);
    }

    /** The thread that ran before, which every switch but a CPU's first has. */
    static LwktThread previous(Cpu cpu, @Nullable Context otd) {
        if (otd == null) {
            throw cpu.violation("no-previous", "a thread was switched to on a CPU on which none ran before");
        }
        return (LwktThread) otd;
    }

    // ---- first run and last -------------------------------------------------------------------------------------

    /** {@code cpu_set_thread_handler}, platform/pc64/x86_64/vm_machdep.c. */
    void cpuSetThreadHandler(LwktThread td, ThreadFunction func) {
        td.func = func;
        td.tdSwitch = CpuSwitch.LWKT;
        td.start(kthreadRestore, td);
    }

    /** {@code cpu_kthread_restore}, platform/pc64/x86_64/swtch.s: leaves its critical section without looking. */
    private Next kthreadRestore(Cpu cpu, @Nullable Context otd, LwktThread td, int a, long b) {
        cpu.push(kthreadStart);
        return k.lwktSwitch.lwktSwitchReturn(Globaldata.of(cpu), previous(cpu, otd));
    }

    private Next kthreadStart(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        LwktThread td = gd.curthread;
        gd.critExitNoyield();
        ThreadFunction func = td.func;
        if (func == null) {
            throw cpu.violation("no-function", td.comm + " was started but has nothing to execute");
        }
        cpu.push(kthreadReturn);
        return func.run(gd, td);
    }

    private Next kthreadReturn(Cpu cpu, Object ref, int a, long b) {
        return k.threads.lwktExit(Globaldata.of(cpu));
    }

    /** {@code cpu_thread_exit}, platform/pc64/x86_64/vm_machdep.c. */
    Next cpuThreadExit(Globaldata gd) {
        LwktThread td = gd.curthread;
        kkassert(td.critcount > 0, gd, "cpu_thread_exit", "td->td_critcount > 0");
        td.tdSwitch = CpuSwitch.EXIT;
        td.flags |= TDF_EXITING;
        gd.cpu.push(exitReturned);
        return k.lwktSwitch.lwktSwitch(gd);
    }

    private Next exitReturned(Cpu cpu, Object ref, int a, long b) {
        throw Kassert.panic(Globaldata.of(cpu), "cpu_thread_exit: lwkt_switch() unexpectedly returned");
    }
}
