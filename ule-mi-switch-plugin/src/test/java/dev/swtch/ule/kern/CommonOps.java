package dev.swtch.ule.kern;

import static dev.swtch.ule.kern.ThreadFlags.TDA_SCHED;

import dev.swtch.machine.Cpu;
import dev.swtch.machine.Frame;
import dev.swtch.machine.Next;
import java.util.Map;

/** The operations both kinds of scripts have. */
final class CommonOps {
    private final RecordedScript s;
    private final UleKernel k;
    private final Frame<UleThread> UNLOCK = new Frame<>("UNLOCK", this::unlock);

    CommonOps(RecordedScript s) {
        this.s = s;
        this.k = s.k;
    }

    private Next unlock(Cpu cpu, UleThread td, int a, long b) {
        return k.locks.threadUnlock(cpu, td);
    }

    /** What is done to a locked thread. */
    private interface Locked {
        void run(Cpu cpu, UleThread td, String[] w);
    }

    private RecordedScript.Op locked(Locked what) {
        return (cpu, w) -> {
            UleThread td = s.thread(w[2]);
            k.locks.threadLock(cpu, td);
            what.run(cpu, td, w);
            return k.locks.threadUnlock(cpu, td);
        };
    }

    private static int number(String[] w, int i) {
        return Integer.decode(w[i]);
    }

    void define(Map<String, RecordedScript.Op> ops) {
        defineClockAndInterrupts(ops);
        defineSwitches(ops);
        defineThreads(ops);
        definePriorities(ops);
        defineQueries(ops);
    }

    private void defineClockAndInterrupts(Map<String, RecordedScript.Op> ops) {
        ops.put("clock", (cpu, w) -> k.clock.statclock(cpu, w.length > 2 ? number(w, 2) : 1));
        ops.put("balance", (cpu, w) -> k.clock.balance(cpu));
        ops.put("intr", (cpu, w) -> k.ithread.intrEventHandle(cpu, s.thread(w[2])));
        ops.put("iwait", (cpu, w) -> k.ithread.ithreadWait(cpu));
        ops.put("ast", this::ast);
        ops.put("idle", (cpu, w) -> s.goOnIdle());
        ops.put("nop", (cpu, w) -> Next.RETURN);
        ops.put("crit_enter", (cpu, w) -> {
            k.critical.criticalEnter(cpu);
            return Next.RETURN;
        });
        ops.put("crit_exit", (cpu, w) -> k.critical.criticalExit(cpu));
    }

    private Next ast(Cpu cpu, String[] w) {
        UleThread td = Pcpu.curthread(cpu);
        k.signals.postsig(td);
        if ((td.ast & TDA_SCHED) != 0) {
            s.events.ret("resched");
            return k.ast.astOnce(cpu, td);
        }
        // The scripts lend freely and do not assert that nothing is borrowed here.
        s.events.ret("userret");
        td.ast = 0;
        return td.priority == td.userPri ? Next.RETURN : k.prio.schedUserretSlowpath(cpu, td);
    }

    private void defineSwitches(Map<String, RecordedScript.Op> ops) {
        ops.put("switch", (cpu, w) -> {
            k.locks.threadLock(cpu, Pcpu.curthread(cpu));
            return k.mi.miSwitch(cpu, number(w, 2));
        });
        ops.put("relinquish", (cpu, w) -> k.relinquish.schedRelinquish(cpu));
        ops.put("yield", (cpu, w) -> k.relinquish.sysYield(cpu));
        ops.put("kyield", (cpu, w) -> k.relinquish.kernYield(cpu, number(w, 2)));
        ops.put("suspend", (cpu, w) -> k.suspend.threadSuspendSwitch(cpu));
        ops.put("resume", (cpu, w) -> k.suspend.threadUnsuspendOne(cpu, s.thread(w[2])));
        ops.put("pin", (cpu, w) -> {
            k.relinquish.schedPin(Pcpu.curthread(cpu));
            return Next.RETURN;
        });
        ops.put("unpin", (cpu, w) -> {
            k.relinquish.schedUnpin(Pcpu.curthread(cpu));
            return Next.RETURN;
        });
        ops.put("bind", (cpu, w) -> {
            UleThread td = Pcpu.curthread(cpu);
            k.locks.threadLock(cpu, td);
            cpu.push(UNLOCK, td);
            return k.relinquish.schedBind(cpu, td, number(w, 2));
        });
        ops.put("unbind", (cpu, w) -> {
            UleThread td = Pcpu.curthread(cpu);
            k.locks.threadLock(cpu, td);
            k.relinquish.schedUnbind(cpu, td);
            return k.locks.threadUnlock(cpu, td);
        });
    }

    private void defineThreads(Map<String, RecordedScript.Op> ops) {
        ops.put("fork", (cpu, w) -> {
            Proc proc = new Proc(number(w, 2));
            return fork(cpu, w, proc);
        });
        ops.put("thr", (cpu, w) -> fork(cpu, w, Pcpu.curthread(cpu).proc));
        ops.put("kthread", (cpu, w) -> {
            UleThread td = k.threads.kthreadAdd(cpu, RecordedScript.spec(number(w, 2)), null, s.PAUSE);
            s.threads.put(td.number(), td);
            return k.threads.kthreadStart(cpu, td, number(w, 3));
        });
        ops.put("ithread", (cpu, w) -> {
            UleThread td = k.threads.ithreadCreate(cpu, RecordedScript.spec(number(w, 2)), null, number(w, 3), s.PAUSE);
            s.threads.put(td.number(), td);
            return Next.RETURN;
        });
        ops.put("exit", (cpu, w) -> {
            int tid = Pcpu.curthread(cpu).number();
            s.threads.remove(tid);
            s.events.gone(tid);
            return k.threads.threadExit(cpu);
        });
    }

    private Next fork(Cpu cpu, String[] w, Proc proc) {
        UleThread td = k.threads.fork(cpu, RecordedScript.spec(number(w, 2)), null, proc, s.PAUSE);
        s.threads.put(td.number(), td);
        return k.threads.start(cpu, td);
    }

    private void definePriorities(Map<String, RecordedScript.Op> ops) {
        ops.put("prio", locked((cpu, td, w) -> k.prio.schedPrio(cpu, td, number(w, 3))));
        ops.put("lend", locked((cpu, td, w) -> k.prio.schedLendPrio(cpu, td, number(w, 3))));
        ops.put("unlend", locked((cpu, td, w) -> k.prio.schedUnlendPrio(cpu, td, number(w, 3))));
        ops.put("userprio", locked((cpu, td, w) -> k.prio.schedUserPrio(td, number(w, 3))));
        ops.put("lenduser", locked((cpu, td, w) -> k.prio.schedLendUserPrio(cpu, td, number(w, 3))));
        ops.put("lendusercond", (cpu, w) -> k.prio.schedLendUserPrioCond(cpu, s.thread(w[2]), number(w, 3)));
        ops.put("nice", (cpu, w) -> {
            k.critical.criticalEnter(cpu);
            k.prio.schedNice(cpu, s.thread(w[2]).proc, number(w, 3));
            return k.critical.criticalExit(cpu);
        });
        ops.put("rtprio", (cpu, w) -> {
            int priClass = number(w, 3);
            int base = switch (Pri.priBase(priClass)) {
                case Pri.PRI_REALTIME -> Pri.PRI_MIN_REALTIME;
                case Pri.PRI_IDLE -> Pri.PRI_MIN_IDLE;
                default -> Pri.PRI_MIN_TIMESHARE;
            };
            return k.prio.rtpToPri(cpu, s.thread(w[2]), priClass, base + number(w, 4));
        });
        ops.put("affinity", locked((cpu, td, w) -> {
            td.cpuset.copyFrom(s.cpus(w[3]));
            k.sched.schedAffinity(cpu, td);
        }));
    }

    private void defineQueries(Map<String, RecordedScript.Op> ops) {
        ops.put("pctcpu", locked((cpu, td, w) -> s.events.ret(k.pctcpu.schedPctcpu(cpu, td))));
        ops.put("runnable", (cpu, w) -> {
            s.events.ret(k.sched.schedRunnable(cpu) ? 1 : 0);
            return Next.RETURN;
        });
        ops.put("load", (cpu, w) -> {
            s.events.ret(k.sched.schedLoad(cpu));
            return Next.RETURN;
        });
        ops.put("rr_interval", (cpu, w) -> {
            s.events.ret(k.tune.schedRrInterval());
            return Next.RETURN;
        });
    }
}
