package dev.swtch.lwkt.plugin;

import dev.swtch.lwkt.kern.LwktKernel;
import dev.swtch.lwkt.sys.Globaldata;
import dev.swtch.lwkt.sys.Ident;
import dev.swtch.lwkt.sys.LwktThread;
import dev.swtch.lwkt.sys.Lwp;
import dev.swtch.lwkt.sys.Proc;
import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import dev.swtch.machine.topology.CpuSet;
import dev.swtch.spi.InterruptHandler;
import dev.swtch.spi.ScheduleContract;
import dev.swtch.spi.thread.KThread;
import dev.swtch.spi.thread.ThreadBody;
import dev.swtch.spi.thread.ThreadClass;
import dev.swtch.spi.thread.ThreadSpec;

/** Threads are made, released and changed by DragonFly's means. */
final class ThreadContracts implements ScheduleContract {
    private static final int RANKS = 32;

    private final LwktKernel k;
    private final Threads threads;
    private final Boot boot;
    private final Frame<Proc> niceMore = new Frame<>("NICE", this::niceMore);
    private final Frame<Object> moved = new Frame<>("USCHED_SET", this::moved);

    ThreadContracts(LwktKernel k, Threads threads, Boot boot) {
        this.k = k;
        this.threads = threads;
        this.boot = boot;
    }

    @Override
    public KThread create(Cpu cpu, ThreadSpec spec, ThreadBody body) {
        return boot.hasStarter() ? threads.structure(spec, body) : boot.makeStarter(spec, body);
    }

    @Override
    public Next release(Cpu cpu, KThread thread) {
        LwktThread td = (LwktThread) thread;
        Globaldata gd = Globaldata.of(cpu);
        return td.spec().threadClass().isUser() ? threads.fork(gd, td) : threads.kthread(gd, td);
    }

    @Override
    public Next wake(Cpu cpu, KThread thread) {
        return k.schedule.lwktSchedule(Globaldata.of(cpu), (LwktThread) thread);
    }

    /** {@code sys_setpriority}, sys/kern/kern_resource.c: every LWP of the process. */
    @Override
    public Next setNice(Cpu cpu, KThread thread, int nice) {
        Lwp lp = ((LwktThread) thread).lwp;
        if (lp == null) {
            return Next.RETURN;
        }
        lp.proc.nice = nice;
        return niceMore(cpu, lp.proc, 0, Proc.NO_TID);
    }

    private Next niceMore(Cpu cpu, Proc p, int a, long afterTid) {
        Lwp lp = p.lwps.next(afterTid);
        if (lp == null) {
            return Next.RETURN;
        }
        cpu.push(niceMore, p, 0, lp.tid);
        return p.usched.resetpriority(Globaldata.of(cpu), lp);
    }

    /** {@code sys_lwp_rtprio}, sys/kern/kern_resource.c: the priority follows when it is computed next. */
    @Override
    public Next setClass(Cpu cpu, KThread thread, ThreadClass threadClass, int rank) {
        Lwp lp = ((LwktThread) thread).lwp;
        if (lp == null) {
            return Next.RETURN;
        }
        lp.rtprioType = Threads.rtprioType(threadClass);
        lp.rtprioPrio = RANKS - 1 - Math.min(rank, RANKS - 1);
        return Next.RETURN;
    }

    /** {@code sys_usched_set}, sys/kern/kern_usched.c: only the current thread moves at once, unless it is bound. */
    @Override
    public Next setAffinity(Cpu cpu, KThread thread, CpuSet cpus) {
        LwktThread td = (LwktThread) thread;
        Lwp lp = td.lwp;
        if (lp != null) {
            Threads.assign(lp.bound ? lp.whenFree : lp.cpumask, cpus);
        }
        Globaldata gd = Globaldata.of(cpu);
        if (td != gd.curthread || cpus.contains(cpu.id()) || lp != null && lp.bound) {
            return Next.RETURN;
        }
        return migrate(gd, cpus.first());
    }

    private Next migrate(Globaldata gd, int target) {
        gd.cpu.push(moved);
        return k.migrate.lwktMigratecpu(gd, target);
    }

    private Next moved(Cpu cpu, Object ref, int a, long b) {
        Globaldata gd = Globaldata.of(cpu);
        Lwp lp = gd.curthread.lwp;
        if (lp != null) {
            lp.proc.usched.changedcpu(gd, lp);
        }
        return Next.RETURN;
    }

    @Override
    public Next bind(Cpu cpu, int target) {
        Globaldata gd = Globaldata.of(cpu);
        Lwp lp = gd.curthread.lwp;
        if (lp != null) {
            if (!lp.bound) {
                lp.bound = true;
                lp.whenFree.copyFrom(lp.cpumask);
            }
            lp.cpumask.clear();
            lp.cpumask.add(target);
        }
        return cpu.id() == target ? Next.RETURN : migrate(gd, target);
    }

    @Override
    public Next unbind(Cpu cpu) {
        Globaldata gd = Globaldata.of(cpu);
        Lwp lp = gd.curthread.lwp;
        if (lp == null) {
            return Next.RETURN;
        }
        lp.bound = false;
        lp.cpumask.copyFrom(lp.whenFree);
        return lp.cpumask.has(cpu.id()) ? Next.RETURN : migrate(gd, lp.cpumask.lowest());
    }

    @Override
    public Next stop(Cpu cpu, KThread thread) {
        Lwp lp = ((LwktThread) thread).lwp;
        if (lp == null) {
            return Next.RETURN;
        }
        Ident channel = lp.stopChannel;
        if (channel == null) {
            channel = new Ident(threads.nextAddress(), "stop");
        }
        return k.sig.procStop(Globaldata.of(cpu), lp, channel);
    }

    @Override
    public Next resume(Cpu cpu, KThread thread) {
        Lwp lp = ((LwktThread) thread).lwp;
        return lp == null ? Next.RETURN : k.sig.procUnstop(Globaldata.of(cpu), lp);
    }

    @Override
    public void attachDevice(int line, int target, boolean threaded, InterruptHandler handler) {
        boot.addDevice(line, target, threaded, handler);
    }
}
