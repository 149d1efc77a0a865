package dev.swtch.lwkt.kern;

import static dev.swtch.lwkt.sys.Tdpri.TDPRI_KERN_USER;

import dev.swtch.lwkt.sys.CpuSwitch;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.machine.Context;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Landing;
import dev.swtch.machine.Next;
import org.jspecify.annotations.Nullable;

/** Making LWPs, sys/kern/kern_fork.c: the parts that matter for scheduling, on the parent's CPU. */
public final class KernFork {
    private final LwktKernel k;
    private final Frame<ForkRequest> forked = new Frame<>("FORK_DOCKED", this::forked);
    private final Frame<ForkRequest> allocated = new Frame<>("FORK_ALLOCATED", this::allocated);
    private final Frame<ForkRequest> prioritised = new Frame<>("FORK_PRIORITISED", this::prioritised);
    private final Frame<ForkRequest> reset = new Frame<>("FORK_RESET", this::reset);
    private final Landing<ForkRequest> trampoline = new Landing<>("FORK_TRAMPOLINE", this::trampoline);
    private final Frame<ForkRequest> trampolineReturn = new Frame<>("FORK_RETURN", this::trampolineReturn);
    private final Frame<ForkRequest> usermode = new Frame<>("FORK_USERMODE", this::usermode);

    KernFork(LwktKernel k) {
        this.k = k;
    }

    /** {@code lwp_fork} and {@code start_forked_proc}, sys/kern/kern_fork.c: the child is put on a user run queue. */
    public Next lwpFork(Globaldata gd, ForkRequest request) {
        Lwp parent = request.parent;
        Proc p = request.proc;
        if (p.sequence == 0) {
            k.proc.add(p);
        }
        Lwp lp = new Lwp(p, request.token);
        request.setChild(lp);
        lp.cpumask.copyFrom(parent.cpumask);
        lp.rtprioType = parent.rtprioType;
        lp.rtprioPrio = parent.rtprioPrio;
        request.applyWishes(lp);
        if (k.sysctl.forkOnParentCpu) {
            lp.qcpu = gd.cpuid;
        }
        gd.critEnter();
        lp.cpbase = gd.schedclockTime - KernClock.SCHEDCLOCK_PERIOD;
        p.usched.heuristicForking(gd, parent, lp);
        if (gd.critExit()) {
            gd.cpu.push(forked, request);
            return k.splz.splz(gd);
        }
        return forked(gd.cpu, request, 0, 0);
    }

    private Next forked(Cpu cpu, ForkRequest request, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        request.child().cpumask.retain(k.uschedMastermask);
        cpu.push(allocated, request);
        return k.threads.lwktAllocThread(gd, request.create);
    }

    private Next allocated(Cpu cpu, ForkRequest request, int a, long b) {
        LwktThread td = request.create.td();
        if (k.sysctl.forkWithoutWaker) {
            td.wakefromcpu = -1;
        }
        request.child().setThread(td);
        cpu.push(prioritised, request);
        return k.schedule.lwktSetpri(Globaldata.of(cpu), td, TDPRI_KERN_USER);
    }

    private Next prioritised(Cpu cpu, ForkRequest request, int a, long b) {
        Lwp lp = request.child();
        LwktThread td = lp.thread();
        td.tdSwitch = CpuSwitch.HEAVY;
        td.start(trampoline, request);
        lp.tid = ++lp.proc.lasttid;
        lp.proc.lwps.add(lp.tid, lp);
        cpu.push(reset, request);
        return lp.proc.usched.resetpriority(Globaldata.of(cpu), lp);
    }

    private Next reset(Cpu cpu, ForkRequest request, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        Lwp lp = request.child();
        gd.critEnter();
        lp.proc.stat = Proc.Stat.ACTIVE;
        lp.stat = Lwp.Stat.RUN;
        k.splz.pushCritExit(gd);
        return lp.proc.usched.setrunqueue(gd, lp);
    }

    /** {@code fork_trampoline}, platform/pc64/x86_64/exception.S: leaves its critical section without looking. */
    private Next trampoline(Cpu cpu, @Nullable Context otd, ForkRequest request, int a, long b) {
        cpu.push(trampolineReturn, request);
        return k.lwktSwitch.lwktSwitchReturn(Globaldata.of(cpu), Swtch.previous(cpu, otd));
    }

    private Next trampolineReturn(Cpu cpu, ForkRequest request, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        gd.critExitNoyield();
        cpu.push(usermode, request);
        return k.trap.genericLwpReturn(gd);
    }

    private Next usermode(Cpu cpu, ForkRequest request, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        return request.user.run(gd, gd.curthread);
    }
}
